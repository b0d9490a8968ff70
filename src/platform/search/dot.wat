;; Dot products of four f32 vectors with one, the query. The query is at byte 64, the products go to bytes 0, 4, 8 and 12;
;; `bytes` is the vectors' length, a multiple of 16 and at least that. Each product is four sums over every fourth number,
;; added up as (0 + 1) + (2 + 3): the same for a vector wherever it stands.
;; `byte_dots` does the same for vectors of signed bytes, and its products are whole numbers of 32 bits; the query's numbers have
;; two bytes each, which saves widening them for every vector.
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
  (func (export "byte_dots") (param $a i32) (param $b i32) (param $c i32) (param $d i32) (param $bytes i32)
    (local $query i32) (local $end i32) (local $w v128) (local $x v128) (local $y v128)
    (local $s v128) (local $t v128) (local $u v128) (local $v v128)
    (local.set $query (i32.const 64))
    (local.set $end (i32.add (local.get $query) (i32.mul (local.get $bytes) (i32.const 2))))
    (loop $next
      (local.set $w (v128.load (local.get $query)))
      (local.set $x (v128.load offset=16 (local.get $query)))
      (local.set $y (v128.load (local.get $a)))
      (local.set $s (i32x4.add (local.get $s) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $w) (i16x8.extend_low_i8x16_s (local.get $y)))
        (i32x4.dot_i16x8_s (local.get $x) (i16x8.extend_high_i8x16_s (local.get $y))))))
      (local.set $a (i32.add (local.get $a) (i32.const 16)))
      (local.set $y (v128.load (local.get $b)))
      (local.set $t (i32x4.add (local.get $t) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $w) (i16x8.extend_low_i8x16_s (local.get $y)))
        (i32x4.dot_i16x8_s (local.get $x) (i16x8.extend_high_i8x16_s (local.get $y))))))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (local.set $y (v128.load (local.get $c)))
      (local.set $u (i32x4.add (local.get $u) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $w) (i16x8.extend_low_i8x16_s (local.get $y)))
        (i32x4.dot_i16x8_s (local.get $x) (i16x8.extend_high_i8x16_s (local.get $y))))))
      (local.set $c (i32.add (local.get $c) (i32.const 16)))
      (local.set $y (v128.load (local.get $d)))
      (local.set $v (i32x4.add (local.get $v) (i32x4.add
        (i32x4.dot_i16x8_s (local.get $w) (i16x8.extend_low_i8x16_s (local.get $y)))
        (i32x4.dot_i16x8_s (local.get $x) (i16x8.extend_high_i8x16_s (local.get $y))))))
      (local.set $d (i32.add (local.get $d) (i32.const 16)))
      (local.set $query (i32.add (local.get $query) (i32.const 32)))
      (br_if $next (i32.lt_u (local.get $query) (local.get $end))))
    (i32.store (i32.const 0) (call $whole (local.get $s)))
    (i32.store (i32.const 4) (call $whole (local.get $t)))
    (i32.store (i32.const 8) (call $whole (local.get $u)))
    (i32.store (i32.const 12) (call $whole (local.get $v))))
  (func $whole (param $s v128) (result i32)
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $s)) (i32x4.extract_lane 1 (local.get $s)))
      (i32.add (i32x4.extract_lane 2 (local.get $s)) (i32x4.extract_lane 3 (local.get $s)))))
  (func $sum (param $s v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $s)) (f32x4.extract_lane 1 (local.get $s)))
      (f32.add (f32x4.extract_lane 2 (local.get $s)) (f32x4.extract_lane 3 (local.get $s))))))
