;; Dot products of four f32 vectors with one, the query. The query is at byte 64, the products go to bytes 0, 4, 8 and 12;
;; `bytes` is the vectors' length, a multiple of 16 and at least that. Each product is four sums over every fourth number,
;; added up as (0 + 1) + (2 + 3): the same for a vector wherever it stands.
;; `build-dot-bytes.ts` turns this file into `dot-bytes.ts`.
(module
  (memory (export "memory") 1 65536)
  (func (export "dots") (param $a i32) (param $b i32) (param $c i32) (param $d i32) (param $bytes i32)
    (local $query i32) (local $end i32) (local $x v128) (local $s v128) (local $t v128) (local $u v128) (local $v v128)
    (local.set $query (i32.const 64))
    (local.set $end (i32.add (local.get $query) (local.get $bytes)))
    (loop $next
      (local.set $x (v128.load (local.get $query)))
      (local.set $s (f32x4.add (local.get $s) (f32x4.mul (local.get $x) (v128.load (local.get $a)))))
      (local.set $a (i32.add (local.get $a) (i32.const 16)))
      (local.set $t (f32x4.add (local.get $t) (f32x4.mul (local.get $x) (v128.load (local.get $b)))))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (local.set $u (f32x4.add (local.get $u) (f32x4.mul (local.get $x) (v128.load (local.get $c)))))
      (local.set $c (i32.add (local.get $c) (i32.const 16)))
      (local.set $v (f32x4.add (local.get $v) (f32x4.mul (local.get $x) (v128.load (local.get $d)))))
      (local.set $d (i32.add (local.get $d) (i32.const 16)))
      (local.set $query (i32.add (local.get $query) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $query) (local.get $end))))
    (f32.store (i32.const 0) (call $sum (local.get $s)))
    (f32.store (i32.const 4) (call $sum (local.get $t)))
    (f32.store (i32.const 8) (call $sum (local.get $u)))
    (f32.store (i32.const 12) (call $sum (local.get $v))))
  (func $sum (param $s v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $s)) (f32x4.extract_lane 1 (local.get $s)))
      (f32.add (f32x4.extract_lane 2 (local.get $s)) (f32x4.extract_lane 3 (local.get $s))))))
