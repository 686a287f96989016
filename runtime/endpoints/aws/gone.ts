/**
 * What an AWS service calls a thing that is not there. SageMaker has no error of its own for it: most operations answer a
 * ValidationException, told from other mistakes by its words alone.
 */
const NAMES = new Set([
  "ResourceNotFound",
  "ResourceNotFoundException",
  "ObjectNotFoundException",
  "EntityNotFoundException",
  "RepositoryNotFoundException",
  "FileSystemNotFound",
  "MountTargetNotFound",
  "InvalidGroup.NotFound",
  "NoSuchBucket",
  "NoSuchUpload",
  "NotFound",
  "ExecutionDoesNotExist",
  "StateMachineDoesNotExist",
]);
const WORDS = /could not find|does not exist|not found|cannot find/i;

function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return NAMES.has(error.name) || (error.name === "ValidationException" && WORDS.test(error.message));
}

/** The answer, or undefined where the thing that was asked for is not there. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
