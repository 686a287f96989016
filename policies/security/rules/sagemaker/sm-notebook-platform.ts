import type { ResourceRule } from "../../../kit";

export const smNotebookPlatform: ResourceRule = {
  id: "sm-notebook-platform",
  title: "Notebook instances run a supported platform",
  severity: "medium",
  rationale: "Platforms before Amazon Linux 2023 no longer get security updates.",
  controls: ["SageMaker.8"],
  inspects: { "aws:sagemaker/notebookInstance:NotebookInstance": ["platformIdentifier"] },
  remedy: 'Set platformIdentifier to "notebook-al2023-v1".',
  options: {
    platforms: {
      type: "array",
      items: { type: "string" },
      description: "Platform identifiers that still get updates.",
      default: ["notebook-al2023-v1"],
    },
  },
  check: (notebook) =>
    notebook.require<string>(
      "platformIdentifier",
      (v) => notebook.option<string[]>("platforms").includes(v),
      "the notebook's platform gets no updates",
    ),
};
