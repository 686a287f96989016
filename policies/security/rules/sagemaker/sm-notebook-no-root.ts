import type { ResourceRule } from "../../../kit";

export const smNotebookNoRoot: ResourceRule = {
  id: "sm-notebook-no-root",
  title: "Users of notebook instances are not root",
  severity: "high",
  rationale:
    "Root can switch off the agent, the lifecycle script's settings and the disk encryption's protections.",
  controls: ["CKV_AWS_307", "SageMaker.3", "sagemaker_notebook_instance_root_access_disabled"],
  inspects: { "aws:sagemaker/notebookInstance:NotebookInstance": ["rootAccess"] },
  remedy: 'Set rootAccess to "Disabled".',
  check: (notebook) =>
    notebook.require<string>("rootAccess", (v) => v === "Disabled", "users are root on the notebook"),
  remediate: (properties) => {
    properties.rootAccess = "Disabled";
  },
};
