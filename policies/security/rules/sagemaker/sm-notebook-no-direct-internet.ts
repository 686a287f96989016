import type { ResourceRule } from "../../../kit";

export const smNotebookNoDirectInternet: ResourceRule = {
  id: "sm-notebook-no-direct-internet",
  title: "Notebook instances have no direct internet access",
  severity: "high",
  rationale: "Direct access bypasses every control of the VPC and lets data leave unseen.",
  controls: [
    "CKV_AWS_122",
    "SageMaker.1",
    "SageMakerNotebookNoDirectInternetAccess",
    "guard:sagemaker_notebook_no_direct_internet_access",
    "sagemaker_notebook_instance_without_direct_internet_access_configured",
    "sagemaker_notebook_no_direct_internet_access",
    "SM-01",
  ],
  inspects: { "aws:sagemaker/notebookInstance:NotebookInstance": ["directInternetAccess"] },
  remedy: 'Set directInternetAccess to "Disabled".',
  check: (notebook) =>
    notebook.require<string>(
      "directInternetAccess",
      (v) => v === "Disabled",
      "the notebook reaches the internet directly",
    ),
};
