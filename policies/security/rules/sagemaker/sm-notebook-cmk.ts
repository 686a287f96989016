import type { ResourceRule } from "../../../kit";

export const smNotebookCmk: ResourceRule = {
  id: "sm-notebook-cmk",
  title: "Notebook volumes are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "Only a key of ours can be audited, restricted and revoked.",
  controls: [
    "CKV_AWS_22",
    "SageMaker.21",
    "SageMakerNotebookInstanceKMSKeyConfigured",
    "guard:sagemaker_notebook_instance_kms_key_configured",
    "sagemaker_notebook_instance_encryption_enabled",
    "sagemaker_notebook_instance_kms_key_configured",
  ],
  inspects: { "aws:sagemaker/notebookInstance:NotebookInstance": ["kmsKeyId"] },
  remedy: "Set kmsKeyId to a customer-managed key.",
  check: (notebook) => notebook.present("kmsKeyId", "the notebook's volume has no key of ours"),
};
