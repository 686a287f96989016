/**
 * Families whose instances have local NVMe disks, which SageMaker always encrypts with a key of the hardware and for
 * which it rejects a KMS key of ours ("does not support encryption of local instance storage with a KMS key").
 * A `d` among the attributes (m5d, c6gd, g4dn, p4d) marks most of them; the others are named here.
 */
const WITHOUT_D = /^ml\.(g5|g6|g6e|gr6|p5|p5en?|p6[\w-]*|trn1n?|trn2|i3|i3en|i4i)\./;
const WITH_D = /^ml\.[a-z]+\d+[a-z]*d[a-z]*\./;

export function hasLocalNvme(instanceType: string): boolean {
  return WITH_D.test(instanceType) || WITHOUT_D.test(instanceType);
}
