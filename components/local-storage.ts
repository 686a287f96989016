/** Instance families of SageMaker hosting with NVMe disks: their hardware encrypts, and a key of ours is rejected. */
const LOCAL_STORAGE_FAMILIES = [
  "c5d",
  "c6id",
  "g4dn",
  "g5",
  "g6",
  "m5d",
  "m6id",
  "p4d",
  "p4de",
  "p5",
  "r5d",
  "r6id",
];

/** Whether instances of this type bring their own encrypted disks, so that no volume key may be given. */
export function hasLocalStorage(instanceType: string): boolean {
  return LOCAL_STORAGE_FAMILIES.includes(instanceType.split(".")[1] ?? "");
}
