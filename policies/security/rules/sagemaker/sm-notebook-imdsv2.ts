import type { ResourceRule } from "../../../kit";

export const smNotebookImdsv2: ResourceRule = {
  id: "sm-notebook-imdsv2",
  title: "Notebook instances accept IMDSv2 only",
  severity: "medium",
  rationale: "With version 1 a request forged through a notebook proxy can read the role's credentials.",
  controls: ["CKV_AWS_371"],
  inspects: {
    "aws:sagemaker/notebookInstance:NotebookInstance": [
      "instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion",
    ],
  },
  remedy: 'Set instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion to "2".',
  check: (notebook) =>
    notebook.require(
      "instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion",
      (v) => String(v) === "2",
      "the notebook accepts IMDSv1",
    ),
  remediate: (properties) => {
    properties.instanceMetadataServiceConfiguration = { minimumInstanceMetadataServiceVersion: "2" };
  },
};
