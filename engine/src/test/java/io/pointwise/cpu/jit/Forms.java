// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The instructions of the assemblers. What these lists hold is tested; what they lack fails the
 * test, see {@link EncodingTest}.
 */
final class Forms {
  /** Of {@link Assembler}; the same with every instruction set. */
  static final List<Form> GENERAL =
      List.of(
          new Form("mov", "mov %g0,%g1"),
          new Form("mov", "mov %g0,%i1"),
          new Form("mov", "movabs %g0,%w1"),
          new Form("mov", "mov %g0,%q1"),
          new Form("mov", "mov %q0,%g1"),
          new Form("movInt", "mov %d0,%e1"),
          new Form("lea", "lea %g0,%n1"),
          new Form("add", "add %g0,%g1"),
          new Form("add", "add %g0,%i1"),
          new Form("and", "and %g0,%j1"),
          new Form("cmp", "cmp %g0,%j1"),
          new Form("dec", "dec %g0"),
          new Form("push", "push %g0"),
          new Form("pop", "pop %g0"),
          new Form("prefetch", "prefetcht0 %b0"),
          new Form("cpuid", "cpuid"),
          new Form("xgetbv", "xgetbv"),
          new Form("ret", "ret"));

  private static final List<Form> BOTH =
      List.of(
          new Form("load", "vmovups %v0,%m1"),
          new Form("store", "vmovups %m0,%v1"),
          new Form("broadcast", "vbroadcastss %v0,%d1"),
          new Form("broadcast", "vbroadcastss %v0,%x1"),
          new Form("fromInt", "vmovd %x0,%e1"),
          new Form("move", "vmovaps %v0,%v1"),
          new Form("multiplyAdd", "vfmadd231ps %v0,%v1,%v2"),
          new Form("multiplyAdd", "vfmadd231ps %v0,%v1,%m2"),
          new Form("multiplySubtract", "vfnmadd231ps %v0,%v1,%v2"),
          new Form("add", "vaddps %v0,%v1,%v2"),
          new Form("add", "vaddps %v0,%v1,%m2"),
          new Form("subtract", "vsubps %v0,%v1,%v2"),
          new Form("multiply", "vmulps %v0,%v1,%v2"),
          new Form("multiply", "vmulps %v0,%v1,%m2"),
          new Form("divide", "vdivps %v0,%v1,%v2"),
          new Form("maximum", "vmaxps %v0,%v1,%v2"),
          new Form("maximum", "vmaxps %v0,%v1,%m2"),
          new Form("minimum", "vminps %v0,%v1,%v2"),
          new Form("unpackLow", "vunpcklps %v0,%v1,%v2"),
          new Form("unpackHigh", "vunpckhps %v0,%v1,%v2"),
          new Form("unpackLowPairs", "vunpcklpd %v0,%v1,%v2"),
          new Form("unpackHighPairs", "vunpckhpd %v0,%v1,%v2"),
          new Form("alignBytes", "vpalignr %v0,%v1,%v2,%u3"),
          new Form("or", "vorps %v0,%v1,%v2"),
          new Form("squareRoot", "vsqrtps %v0,%v1"),
          new Form("zeroUpper", "vzeroupper"));

  private static final List<Form> AVX512 =
      List.of(
          new Form("load", "vmovups %v0{%k2}{z},%m1"),
          new Form("store", "vmovups %m0{%k2},%v1"),
          new Form("multiplyAddBroadcast", "vfmadd231ps %v0,%v1,%c2"),
          new Form("shuffleQuarters", "vshuff32x4 %v0,%v1,%v2,%u3"),
          new Form("permuteTwo", "vpermt2ps %v0,%v1,%v2"),
          new Form("alignLanes", "valignd %v0,%v1,%v2,%u3"),
          new Form("fixUp", "vfixupimmps %v0,%v1,%v2,0x0"),
          new Form("zero", "vpxord %v0,%v0,%v0"),
          new Form("mask", "kmovw %k0,%e1"));

  private static final List<Form> AVX2 =
      List.of(
          new Form("shuffleHalves", "vperm2f128 %v0,%v1,%v2,%u3"),
          new Form("maskLoad", "vmaskmovps %v0,%v1,%m2"),
          new Form("maskStore", "vmaskmovps %m0,%v1,%v2"),
          new Form("unordered", "vcmpunordps %v0,%v1,%v2"),
          new Form("zero", "vpxor %v0,%v0,%v0"));

  private Forms() {}

  /** Of {@link VectorAssembler} with that instruction set. */
  static List<Form> vector(Isa isa) {
    List<Form> forms = new ArrayList<>(BOTH);
    forms.addAll(isa == Isa.AVX512 ? AVX512 : AVX2);
    return forms;
  }

  /** What only the other instruction set has. */
  static List<Form> missing(Isa isa) {
    List<String> here = vector(isa).stream().map(Form::signature).toList();
    return Stream.concat(AVX512.stream(), AVX2.stream())
        .filter(form -> !here.contains(form.signature()))
        .toList();
  }
}
