import type { ResourceRule } from "../../../kit";

export const smNotebookInVpc: ResourceRule = {
  id: "sm-notebook-in-vpc",
  title: "Notebook instances run in the VPC",
  severity: "high",
  rationale: "Outside the VPC neither security groups nor endpoint policies apply to what a notebook sends.",
  controls: [
    "CKV_AWS_306",
    "SageMaker.2",
    "SageMakerNotebookInVPC",
    "sagemaker_notebook_instance_vpc_settings_configured",
  ],
  inspects: { "aws:sagemaker/notebookInstance:NotebookInstance": ["subnetId", "securityGroups"] },
  remedy: "Set subnetId to a private subnet and securityGroups to at least one group.",
  check: (notebook) => {
    notebook.present("subnetId", "the notebook is in no subnet of ours");
    notebook.present("securityGroups", "the notebook has no security group of ours");
  },
};
