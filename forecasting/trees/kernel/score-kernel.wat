;; The hot loop of scoring, in WebAssembly text: about three times as fast as the same in TypeScript, which checks the
;; bounds of every load. Assemble after a change: npm run kernel (a test holds the bytes against this text).
;; All addresses are bytes in the scorer's memory.
(module
  (import "scorer" "memory" (memory 1 65536))

  ;; Adds the leaf that each of `count` rows (a multiple of 4) reaches in one tree to the row's sum (float32, in the
  ;; order of the trees: XGBoost's own rounding). The tree is a complete heap of `depth` levels of inner nodes: node a
  ;; lies at heap + 8a, as the byte offset of its feature within a row and its threshold (float32); its children are 2a
  ;; and 2a + 1, the root is node 1, and the leaf of position a lies at leaves + 4a. Every row takes exactly `depth`
  ;; steps with no branch, so the steps of four rows overlap.
  (func (export "addTree")
    (param $heap i32) (param $leaves i32) (param $depth i32)
    (param $row i32) (param $stride i32) (param $sums i32) (param $count i32)
    (local $end i32) (local $level i32)
    (local $row1 i32) (local $row2 i32) (local $row3 i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $node i32)
    (local.set $end (i32.add (local.get $sums) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $rows
        (local.set $row1 (i32.add (local.get $row) (local.get $stride)))
        (local.set $row2 (i32.add (local.get $row1) (local.get $stride)))
        (local.set $row3 (i32.add (local.get $row2) (local.get $stride)))
        (local.set $a (i32.const 8))
        (local.set $b (i32.const 8))
        (local.set $c (i32.const 8))
        (local.set $d (i32.const 8))
        (local.set $level (local.get $depth))
        (block $leaf
          (br_if $leaf (i32.eqz (local.get $level)))
          (loop $levels
            (local.set $node (i32.add (local.get $heap) (local.get $a)))
            (local.set $a (i32.add (i32.shl (local.get $a) (i32.const 1)) (i32.shl
              (f32.ge (f32.load (i32.add (local.get $row) (i32.load (local.get $node)))) (f32.load offset=4 (local.get $node)))
              (i32.const 3))))
            (local.set $node (i32.add (local.get $heap) (local.get $b)))
            (local.set $b (i32.add (i32.shl (local.get $b) (i32.const 1)) (i32.shl
              (f32.ge (f32.load (i32.add (local.get $row1) (i32.load (local.get $node)))) (f32.load offset=4 (local.get $node)))
              (i32.const 3))))
            (local.set $node (i32.add (local.get $heap) (local.get $c)))
            (local.set $c (i32.add (i32.shl (local.get $c) (i32.const 1)) (i32.shl
              (f32.ge (f32.load (i32.add (local.get $row2) (i32.load (local.get $node)))) (f32.load offset=4 (local.get $node)))
              (i32.const 3))))
            (local.set $node (i32.add (local.get $heap) (local.get $d)))
            (local.set $d (i32.add (i32.shl (local.get $d) (i32.const 1)) (i32.shl
              (f32.ge (f32.load (i32.add (local.get $row3) (i32.load (local.get $node)))) (f32.load offset=4 (local.get $node)))
              (i32.const 3))))
            (local.set $level (i32.sub (local.get $level) (i32.const 1)))
            (br_if $levels (local.get $level))))
        ;; Position a is held as 8a, a leaf takes 4 bytes.
        (f32.store (local.get $sums) (f32.add (f32.load (local.get $sums))
          (f32.load (i32.add (local.get $leaves) (i32.shr_u (local.get $a) (i32.const 1))))))
        (f32.store offset=4 (local.get $sums) (f32.add (f32.load offset=4 (local.get $sums))
          (f32.load (i32.add (local.get $leaves) (i32.shr_u (local.get $b) (i32.const 1))))))
        (f32.store offset=8 (local.get $sums) (f32.add (f32.load offset=8 (local.get $sums))
          (f32.load (i32.add (local.get $leaves) (i32.shr_u (local.get $c) (i32.const 1))))))
        (f32.store offset=12 (local.get $sums) (f32.add (f32.load offset=12 (local.get $sums))
          (f32.load (i32.add (local.get $leaves) (i32.shr_u (local.get $d) (i32.const 1))))))
        (local.set $row (i32.add (local.get $row3) (local.get $stride)))
        (local.set $sums (i32.add (local.get $sums) (i32.const 16)))
        (br_if $rows (i32.lt_u (local.get $sums) (local.get $end)))))))
