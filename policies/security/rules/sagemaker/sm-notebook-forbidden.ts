import type { ResourceRule } from "../../../kit";

export const smNotebookForbidden: ResourceRule = {
  id: "sm-notebook-forbidden",
  title: "There are no classic notebook instances",
  severity: "high",
  rationale:
    "A notebook instance is a long-lived server with a broad role, outside the domain's network and idle rules.",
  controls: [],
  inspects: {
    "aws:sagemaker/notebookInstance:NotebookInstance": [],
    "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration": [],
  },
  remedy: "Use a JupyterLab space of the Studio domain.",
  check: (notebook) => notebook.fail("notebook instances are not used on this platform"),
};
