export const CLUSTER = "aws:redshift/cluster:Cluster";
