;; The hot loops of the training, in WebAssembly text. TypeScript runs them at half the speed: a histogram entry is
;; a pair of doubles, which is one 128-bit addition here and two bounds-checked read-modify-writes there.
;; Assemble after a change: node --import tsx scripts/assemble-kernel.ts (a test holds the bytes against this text).
;; All addresses are bytes in the shared memory of one training.
(module
  (import "training" "memory" (memory 1 65536 shared))

  ;; Adds the gradient pairs of `count` consecutive positions to the four histograms of one word.
  ;; histogram: 4 features x 256 bins x (gradient, hessian) as float64; words: the word of row 0; stride: bytes of a row;
  ;; order: row numbers (uint32); pairs: gradient and hessian (float32) in the same order.
  (func (export "addPairs")
    (param $histogram i32) (param $words i32) (param $stride i32) (param $order i32) (param $pairs i32) (param $count i32)
    (local $end i32) (local $bins i32) (local $pair v128) (local $at i32)
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $rows
        (local.set $bins
          (i32.load (i32.add (local.get $words) (i32.mul (i32.load (local.get $order)) (local.get $stride)))))
        (local.set $pair (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $pairs))))
        ;; Byte 0 of the word, times 16 bytes of an entry; 4080 = 255 * 16.
        (local.set $at (i32.add (local.get $histogram) (i32.and (i32.shl (local.get $bins) (i32.const 4)) (i32.const 4080))))
        (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (local.get $pair)))
        (local.set $at (i32.add (local.get $histogram) (i32.and (i32.shr_u (local.get $bins) (i32.const 4)) (i32.const 4080))))
        (v128.store offset=4096 (local.get $at) (f64x2.add (v128.load offset=4096 (local.get $at)) (local.get $pair)))
        (local.set $at (i32.add (local.get $histogram) (i32.and (i32.shr_u (local.get $bins) (i32.const 12)) (i32.const 4080))))
        (v128.store offset=8192 (local.get $at) (f64x2.add (v128.load offset=8192 (local.get $at)) (local.get $pair)))
        (local.set $at (i32.add (local.get $histogram) (i32.and (i32.shr_u (local.get $bins) (i32.const 20)) (i32.const 4080))))
        (v128.store offset=12288 (local.get $at) (f64x2.add (v128.load offset=12288 (local.get $at)) (local.get $pair)))
        (local.set $order (i32.add (local.get $order) (i32.const 4)))
        (local.set $pairs (i32.add (local.get $pairs) (i32.const 8)))
        (br_if $rows (i32.lt_u (local.get $order) (local.get $end))))))

  ;; Parts `count` row numbers: those that go left move up in place, the others go to `scratch`; returns the number of
  ;; left ones. A missing value (bin 255) goes left when `missingLeft` is 1, any other when it is <= `bin`. No branch.
  ;; bins: the bin of the split's feature, one byte per row.
  (func (export "part")
    (param $order i32) (param $scratch i32) (param $bins i32) (param $bin i32) (param $missingLeft i32) (param $count i32)
    (result i32)
    (local $end i32) (local $from i32) (local $to i32) (local $row i32) (local $value i32) (local $left i32)
    (local.set $from (local.get $order))
    (local.set $to (local.get $order))
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $rows
        (local.set $row (i32.load (local.get $from)))
        (local.set $value (i32.load8_u (i32.add (local.get $bins) (local.get $row))))
        (local.set $left
          (i32.shl
            (i32.or
              (i32.le_u (local.get $value) (local.get $bin))
              (i32.and (i32.eq (local.get $value) (i32.const 255)) (local.get $missingLeft)))
            (i32.const 2)))
        (i32.store (local.get $to) (local.get $row))
        (i32.store (local.get $scratch) (local.get $row))
        (local.set $to (i32.add (local.get $to) (local.get $left)))
        (local.set $scratch (i32.add (local.get $scratch) (i32.sub (i32.const 4) (local.get $left))))
        (local.set $from (i32.add (local.get $from) (i32.const 4)))
        (br_if $rows (i32.lt_u (local.get $from) (local.get $end)))))
    (i32.shr_u (i32.sub (local.get $to) (local.get $order)) (i32.const 2)))

  ;; Adds one of two weights to the margin (float32) of each of `count` rows, by the side of the split it falls on.
  (func (export "addWeights")
    (param $order i32) (param $margins i32) (param $bins i32) (param $bin i32) (param $missingLeft i32)
    (param $left f32) (param $right f32) (param $count i32)
    (local $end i32) (local $row i32) (local $value i32) (local $at i32)
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $rows
        (local.set $row (i32.load (local.get $order)))
        (local.set $value (i32.load8_u (i32.add (local.get $bins) (local.get $row))))
        (local.set $at (i32.add (local.get $margins) (i32.shl (local.get $row) (i32.const 2))))
        (f32.store (local.get $at)
          (f32.add (f32.load (local.get $at))
            (select (local.get $left) (local.get $right)
              (i32.or
                (i32.le_u (local.get $value) (local.get $bin))
                (i32.and (i32.eq (local.get $value) (i32.const 255)) (local.get $missingLeft))))))
        (local.set $order (i32.add (local.get $order) (i32.const 4)))
        (br_if $rows (i32.lt_u (local.get $order) (local.get $end)))))))
