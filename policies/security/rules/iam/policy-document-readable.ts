import type { ResourceCheck, ResourceRule } from "../../../kit";
import { KEY, KEY_POLICY } from "../kms/key-policies";
import { QUEUE, QUEUE_POLICY } from "../messaging/queues";
import { TOPIC, TOPIC_POLICY } from "../messaging/topics";
import { VPC_ENDPOINT } from "../network/vpc-endpoints";
import { BUCKET, BUCKET_POLICY } from "../s3/buckets";
import { IDENTITY_POLICY_PATHS, ROLE } from "./identity-policies";

const MACHINE = "aws:sfn/stateMachine:StateMachine";

/** Every property that holds a policy document or a state machine's definition, by type. */
const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  ...IDENTITY_POLICY_PATHS,
  [ROLE]: ["assumeRolePolicy", "inlinePolicies[*].policy"],
  [BUCKET]: ["policy"],
  [BUCKET_POLICY]: ["policy"],
  [KEY]: ["policy"],
  [KEY_POLICY]: ["policy"],
  [TOPIC]: ["policy"],
  [TOPIC_POLICY]: ["policy"],
  [QUEUE]: ["policy"],
  [QUEUE_POLICY]: ["policy"],
  [VPC_ENDPOINT]: ["policy"],
  [MACHINE]: ["definition"],
  "aws:apigateway/restApi:RestApi": ["policy"],
  "aws:apigateway/restApiPolicy:RestApiPolicy": ["policy"],
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": ["policy"],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyDocument"],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ["policy"],
  "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": ["resourcePolicy"],
  "aws:secretsmanager/secretPolicy:SecretPolicy": ["policy"],
};

export const policyDocumentReadable: ResourceRule = {
  id: "policy-document-readable",
  title: "Policy documents and definitions can be read",
  severity: "high",
  rationale:
    "What is no JSON is rejected by AWS in the middle of an update, and no other rule can say anything about it.",
  controls: [],
  inspects: DOCUMENTS,
  remedy: "Write the document as an object and serialise it, for example with pulumi.jsonStringify.",
  check: (resource) => {
    for (const path of pathsOf(resource)) {
      const document = resource.at(path);
      if (document.presence === "unknown") document.read();
      // The parser's own words would quote the document.
      else if (resource.unreadable(path) !== undefined) resource.fail(`${path} is no JSON object`, path);
      else if (resource.type !== MACHINE && document.isSet && resource.policy(path)?.statements.length === 0)
        resource.fail(`${path} has no statement`, path);
    }
  },
};

function pathsOf(resource: ResourceCheck): string[] {
  return (DOCUMENTS[resource.type] ?? []).flatMap((path) => {
    const [list, property] = path.split("[*].");
    if (list === undefined || property === undefined) return [path];
    return resource
      .at(list)
      .items()
      .map((item) => `${item.path}.${property}`);
  });
}
