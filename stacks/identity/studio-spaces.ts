import type { Conditions, Statement } from "../../components/policy-document";
import type { ArnScope, Context } from "../context";
import type { Persona } from "../settings-schema";
import { anyAlarmArn, anySagemakerArns, logGroupArns } from "./arns";
import { writeLogs } from "./grants";

/** What anybody needs to work in Studio: an own private space, its apps, and a look at what there is. */
export function studioStatements(context: Context, persona: Persona): Statement[] {
  return [
    ...ownSpaces(context),
    ...readStudioAndMetrics(context),
    writeLogs(context, "/aws/sagemaker/studio"),
    readJobLogs(context, persona),
  ];
}

/** IAM fills in the domain and the profile of the session: neither id is known beforehand. */
const OWN_DOMAIN = "${sagemaker:DomainId}";
const OWN_PROFILE = "${sagemaker:UserProfileName}";

function ownSpaces({ accountId, region, settings }: Context): Statement[] {
  const sagemaker = `arn:aws:sagemaker:${region}:${accountId}`;
  const apps = `${sagemaker}:app/${OWN_DOMAIN}/*/*/*`;
  const spaces = `${sagemaker}:space/${OWN_DOMAIN}/*`;
  const privateAndOwn = ownAndPrivate(sagemaker);
  // Apps without an instance of their own call theirs "system".
  const instanceTypes = [...settings.studioInstanceTypes, "system"];
  return [
    {
      Sid: "OpenOwnProfile",
      Effect: "Allow",
      Action: "sagemaker:CreatePresignedDomainUrl",
      Resource: `${sagemaker}:user-profile/${OWN_DOMAIN}/${OWN_PROFILE}`,
    },
    {
      Sid: "ManageOwnSpaces",
      Effect: "Allow",
      Action: ["sagemaker:CreateSpace", "sagemaker:DeleteSpace", "sagemaker:UpdateSpace"],
      Resource: spaces,
      Condition: privateAndOwn,
    },
    {
      Sid: "StartAppsInOwnSpaces",
      Effect: "Allow",
      Action: "sagemaker:CreateApp",
      Resource: apps,
      Condition: {
        ...privateAndOwn,
        "ForAllValues:StringEquals": { "sagemaker:InstanceTypes": instanceTypes },
      },
    },
    {
      Sid: "StopAppsInOwnSpaces",
      Effect: "Allow",
      Action: "sagemaker:DeleteApp",
      Resource: apps,
      Condition: privateAndOwn,
    },
    {
      Sid: "TagSpacesAndApps",
      Effect: "Allow",
      Action: ["sagemaker:AddTags", "sagemaker:ListTags"],
      Resource: [apps, spaces],
    },
  ];
}

function ownAndPrivate(sagemaker: string): Conditions {
  return {
    ArnLike: { "sagemaker:OwnerUserProfileArn": `${sagemaker}:user-profile/${OWN_DOMAIN}/${OWN_PROFILE}` },
    StringEquals: { "sagemaker:SpaceSharingType": "Private" },
  };
}

/** What Studio shows of itself: API name and ARN type. */
const STUDIO_TYPES = { App: "app", Domain: "domain", Space: "space", UserProfile: "user-profile" };

function readStudioAndMetrics(scope: ArnScope): Statement[] {
  const lists = [
    "Apps",
    "Domains",
    "EndpointConfigs",
    "Endpoints",
    "FeatureGroups",
    "HyperParameterTuningJobs",
    "ModelPackageGroups",
    "Models",
    "ProcessingJobs",
    "Spaces",
    "TrainingJobs",
    "TransformJobs",
    "UserProfiles",
  ];
  return [
    ...Object.entries(STUDIO_TYPES).map(([type, resource]): Statement => ({
      Sid: `Describe${type}s`,
      Effect: "Allow",
      Action: `sagemaker:Describe${type}`,
      Resource: anySagemakerArns(scope, resource),
    })),
    {
      Sid: "ListResources",
      Effect: "Allow",
      Action: [...lists.map((type) => `sagemaker:List${type}`), "sagemaker:Search"],
      // Lists and searches go over the account: these actions have no resource.
      Resource: "*",
    },
    {
      Sid: "ReadMetrics",
      Effect: "Allow",
      Action: ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"],
      // CloudWatch reads metrics without naming a resource.
      Resource: "*",
    },
    {
      Sid: "DescribeAlarms",
      Effect: "Allow",
      Action: "cloudwatch:DescribeAlarms",
      Resource: anyAlarmArn(scope),
    },
  ];
}

/** Logs of jobs; those of endpoints show requests and are for who answers for what is live. */
function readJobLogs(scope: ArnScope, persona: Persona): Statement {
  const jobs = ["ProcessingJobs", "TrainingJobs", "TransformJobs"];
  const groups = persona === "ml-engineer" ? [...jobs, `Endpoints/${scope.prefix}-*`] : jobs;
  return {
    Sid: "ReadJobLogs",
    Effect: "Allow",
    Action: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"],
    Resource: logGroupArns(scope, ...groups.map((name) => `/aws/sagemaker/${name}`)),
  };
}
