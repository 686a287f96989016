/** A record of the online store: values by feature, what is missing left out. */
export type OnlineRecord = Readonly<Record<string, string>>;

/** Records of one call: SageMaker's BatchWriteRecord takes no more. */
export const MAX_WRITE_RECORDS = 25;

export interface OnlineWriter {
  /**
   * @param records at most MAX_WRITE_RECORDS
   * @returns those that were not written and may be tried again
   */
  write(records: readonly OnlineRecord[]): Promise<readonly OnlineRecord[]>;
}
