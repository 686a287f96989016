import type { ResourceRule } from "../../../kit";

export const smFgCatalogued: ResourceRule = {
  id: "sm-fg-catalogued",
  title: "Offline feature stores are Iceberg tables in the Glue catalogue",
  severity: "low",
  rationale:
    "Without the catalogue nobody can query the history; Iceberg allows compaction and deletion of one record.",
  controls: [],
  inspects: {
    "aws:sagemaker/featureGroup:FeatureGroup": [
      "offlineStoreConfig.tableFormat",
      "offlineStoreConfig.disableGlueTableCreation",
    ],
  },
  remedy: 'Set offlineStoreConfig.tableFormat to "Iceberg" and leave disableGlueTableCreation off.',
  check: (group) => {
    const offline = group.at("offlineStoreConfig");
    if (!offline.isSet) return;
    offline.require<string>(
      "tableFormat",
      (v) => v === "Iceberg",
      "the offline store is not an Iceberg table",
    );
    offline.forbid<boolean>("disableGlueTableCreation", (v) => v, "the offline store is in no catalogue");
  },
};
