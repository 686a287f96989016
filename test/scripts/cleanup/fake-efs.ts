import { AwsFault, type Answer, type Request } from "./fake-wire";
import { leave, page, type AccountState } from "./fake-state";

export function efsAnswer(state: AccountState, operation: string, { path, query }: Request): Answer {
  const id = path.split("/").at(-1) ?? "";
  switch (operation) {
    case "GET /2015-02-01/file-systems":
      return { json: fileSystems(state, query["Marker"]) };
    case "GET /2015-02-01/mount-targets":
      return { json: mountTargets(state, String(query["FileSystemId"])) };
    case "DELETE /2015-02-01/mount-targets": {
      const target = state.mountTargets.get(id);
      if (!target) throw new AwsFault("MountTargetNotFound", "no such mount target", 404);
      leave(target);
      return { status: 204 };
    }
    case "DELETE /2015-02-01/file-systems": {
      const fileSystem = state.fileSystems.get(id);
      if (!fileSystem) throw new AwsFault("FileSystemNotFound", "no such file system", 404);
      if ([...state.mountTargets.values()].some(({ fileSystemId }) => fileSystemId === id))
        throw new AwsFault("FileSystemInUse", "the file system has mount targets", 409);
      leave(fileSystem);
      return { status: 204 };
    }
    default:
      throw new Error(`the fake account knows no efs ${operation}`);
  }
}

function fileSystems(state: AccountState, marker: string | null | undefined): unknown {
  const { items, next } = page([...state.fileSystems.values()], marker);
  return {
    FileSystems: items.map(({ id, domainArn, kmsKeyId, bytes, leavingPolls }) => ({
      FileSystemId: id,
      KmsKeyId: kmsKeyId,
      SizeInBytes: { Value: bytes },
      LifeCycleState: leavingPolls === undefined ? "available" : "deleting",
      Tags: [{ Key: "ManagedByAmazonSageMakerResource", Value: domainArn }],
    })),
    ...(next === undefined ? {} : { NextMarker: next }),
  };
}

function mountTargets(state: AccountState, fileSystemId: string): unknown {
  return {
    MountTargets: [...state.mountTargets]
      .filter(([, target]) => target.fileSystemId === fileSystemId)
      .map(([MountTargetId, { leavingPolls }]) => ({
        MountTargetId,
        FileSystemId: fileSystemId,
        SubnetId: "subnet-1",
        LifeCycleState: leavingPolls === undefined ? "available" : "deleting",
      })),
  };
}
