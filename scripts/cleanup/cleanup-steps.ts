import { AwsHostingInventory } from "../../runtime/endpoints/aws/hosting-inventory";
import type { CleanupClients } from "./cleanup-clients";
import type { CleanupScope } from "./cleanup-scope";
import type { CleanupStep } from "./cleanup-step";
import { bucketsStep } from "./steps/buckets";
import { featureGroupsStep, offlineTablesStep } from "./steps/feature-store";
import { configurationsStep, endpointsStep, modelsStep, scalingTargetsStep } from "./steps/hosting";
import { imagesStep } from "./steps/images";
import { logGroupsStep } from "./steps/log-groups";
import { modelPackagesStep } from "./steps/model-packages";
import { nfsGroupsStep } from "./steps/nfs-groups";
import { executionsStep, jobsStep } from "./steps/running-work";
import { studioAppsStep, studioSpacesStep } from "./steps/studio";
import { fileSystemsStep, mountTargetsStep } from "./steps/studio-storage";

/**
 * In the order in which AWS lets go: what works comes first, then what is billed by the hour, then what holds data, and last
 * what services write or leave behind. Deleting log groups before the writers are gone would bring them back.
 */
export function cleanupSteps(clients: CleanupClients, scope: CleanupScope): CleanupStep[] {
  const inventory = new AwsHostingInventory(clients.sagemaker);
  return [
    executionsStep(clients.sfn, scope),
    jobsStep(clients.sagemaker, scope),
    scalingTargetsStep(clients.scaling, scope),
    endpointsStep(clients.sagemaker, scope),
    configurationsStep(inventory, scope),
    modelsStep(inventory, scope),
    studioAppsStep(clients.sagemaker, scope),
    studioSpacesStep(clients.sagemaker, scope),
    featureGroupsStep(clients.sagemaker, scope),
    offlineTablesStep(clients.glue, scope),
    modelPackagesStep(clients.sagemaker, scope),
    bucketsStep(clients.s3, scope),
    imagesStep(clients.ecr, scope),
    mountTargetsStep(clients, scope),
    fileSystemsStep(clients, scope),
    nfsGroupsStep(clients.ec2, clients.sagemaker, scope),
    logGroupsStep(clients.logs, scope),
  ];
}
