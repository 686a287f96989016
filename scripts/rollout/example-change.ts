/** A change of the settings that makes a new endpoint configuration, by the names without the project. */
export function exampleChange(settings: Readonly<Record<string, string>>): Record<string, string> {
  if (settings["smartretail:hostingMode"] === "serverless") {
    return { serverlessMemoryMb: settings["smartretail:serverlessMemoryMb"] === "3072" ? "2048" : "3072" };
  }
  return {
    hostingInstanceType:
      settings["smartretail:hostingInstanceType"] === "ml.m5.xlarge" ? "ml.m5.large" : "ml.m5.xlarge",
  };
}
