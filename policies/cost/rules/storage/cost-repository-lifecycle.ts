import type { StackRule } from "../../../kit";

const REPOSITORY = "aws:ecr/repository:Repository";
const LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy";

export const costRepositoryLifecycle: StackRule = {
  id: "cost-repository-lifecycle",
  title: "Image repositories delete old images",
  severity: "medium",
  rationale: "Tags are immutable, so every build adds an image of a gigabyte that nobody pulls again.",
  remedy: "Add an aws.ecr.LifecyclePolicy for the repository.",
  controls: [
    "ECR.3",
    "ecr_repository_image_unused",
    "Amazon ECR Repository without lifecycle policy configured",
  ],
  inspects: { [REPOSITORY]: ["name"], [LIFECYCLE]: ["repository"] },
  checkStack: (stack) => {
    for (const repository of stack.ofType(REPOSITORY))
      if (stack.referring(repository, LIFECYCLE, "repository").length === 0)
        repository.fail("the repository has no lifecycle policy");
  },
};
