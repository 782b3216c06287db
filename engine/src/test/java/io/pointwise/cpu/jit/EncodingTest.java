// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every instruction of the assemblers, over the registers, addresses, masks and constants that its
 * encoding tells apart: a disassembler reads what the operands say, and the bytes are those that
 * one has read.
 */
final class EncodingTest {
  /** What is no instruction, or is made of several; jumps are in {@link Encoding#jumps}. */
  private static final Set<String> OTHER =
      Set.of("vectors[]", "isa[]", "code[]", "here[]", "jumpIfNotZero[Label]");

  @TempDir private Path folder;

  private static Set<String> signatures(Class<?> assembler) {
    return Arrays.stream(assembler.getDeclaredMethods())
        .filter(each -> !each.isSynthetic() && !Modifier.isPrivate(each.getModifiers()))
        .map((Method each) -> Form.signature(each))
        .filter(each -> !OTHER.contains(each))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> signatures(Stream<Form> forms) {
    return forms.map(Form::signature).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noInstructionIsLeftOut() {
    assertEquals(signatures(Assembler.class), signatures(Forms.GENERAL.stream()));
    assertEquals(
        signatures(VectorAssembler.class),
        signatures(Arrays.stream(Isa.values()).flatMap(isa -> Forms.vector(isa).stream())));
  }

  @Test
  void aDisassemblerReadsWhatTheOperandsSay() throws IOException, InterruptedException {
    List<Encoding> all = new ArrayList<>(Encoding.all(Isa.AVX512, Forms.GENERAL));
    all.addAll(Encoding.jumps());
    for (Isa isa : Isa.values()) {
      all.addAll(Encoding.all(isa, Forms.vector(isa)));
    }
    assertTrue(all.size() > 20_000, all.size() + " instructions");
    assertEquals(List.of(), Objdump.installed().differences(all, folder));
  }

  @Test
  void aDisassemblerFindsAnInstructionThatIsAnother() throws IOException, InterruptedException {
    List<Encoding> encodings =
        new ArrayList<>(Encoding.few(Isa.AVX512, Forms.vector(Isa.AVX512)).subList(0, 5));
    Encoding right = encodings.get(2);
    encodings.set(2, new Encoding(right.text().replace("PTR [", "PTR [r9+"), right.hex()));
    assertEquals(1, Objdump.installed().differences(encodings, folder).size());
  }

  @Test
  void generalInstructionsHaveTheBytesThatAreKept() throws IOException {
    List<Encoding> few = new ArrayList<>(Encoding.few(Isa.AVX512, Forms.GENERAL));
    few.addAll(Encoding.jumps());
    EncodingFile.requireSame("general", few, Encoding.all(Isa.AVX512, Forms.GENERAL));
  }

  @ParameterizedTest
  @EnumSource
  void instructionsOnVectorsHaveTheBytesThatAreKept(Isa isa) throws IOException {
    List<Form> forms = Forms.vector(isa);
    EncodingFile.requireSame(
        isa.name().toLowerCase(Locale.ROOT), Encoding.few(isa, forms), Encoding.all(isa, forms));
  }

  @ParameterizedTest
  @EnumSource
  void whatAnInstructionSetLacksIsRefused(Isa isa) {
    for (Form form : Forms.missing(isa)) {
      List<Object> operands = Samples.few(isa, form).getFirst();
      AssertionError refused =
          assertThrows(AssertionError.class, () -> form.encode(isa, operands), form::toString);
      assertEquals(IllegalArgumentException.class, cause(refused), form.toString());
    }
  }

  @Test
  void registersThatAvx2LacksAreRefusedInEveryPlace() {
    for (Form form : Forms.vector(Isa.AVX2)) {
      List<Object> operands = Samples.few(Isa.AVX2, form).getFirst();
      for (int place = 0; place < operands.size(); place++) {
        if (operands.get(place) instanceof Vec) {
          List<Object> changed = new ArrayList<>(operands);
          changed.set(place, Vec.of(16));
          AssertionError refused =
              assertThrows(
                  AssertionError.class, () -> form.encode(Isa.AVX2, changed), form::toString);
          assertEquals(IllegalArgumentException.class, cause(refused), form.toString());
        }
      }
    }
  }

  private static Class<?> cause(Throwable failure) {
    return failure.getCause() == null ? failure.getClass() : failure.getCause().getClass();
  }

  @Test
  void withoutAMaskAMaskedInstructionIsThePlainOne() {
    Assembler plain = new Assembler(Isa.AVX512);
    plain.vectors().load(Vec.of(3), Mem.at(Gpr.RAX));
    plain.vectors().store(Mem.at(Gpr.RAX), Vec.of(3));
    Assembler masked = new Assembler(Isa.AVX512);
    masked.vectors().load(Vec.of(3), Mem.at(Gpr.RAX), Mask.NONE);
    masked.vectors().store(Mem.at(Gpr.RAX), Vec.of(3), Mask.NONE);
    assertArrayEquals(plain.code(), masked.code());
  }

  @Test
  void addingNothingTakesNoInstruction() {
    Assembler assembler = new Assembler(Isa.AVX2);
    assembler.add(Gpr.RAX, 0);
    assertEquals(0, assembler.code().length);
  }

  @Test
  void whatDoesNotFitAnInstructionIsRefused() {
    Assembler assembler = new Assembler(Isa.AVX2);
    assertThrows(ArithmeticException.class, () -> assembler.add(Gpr.RAX, 1L << 31));
    assertThrows(ArithmeticException.class, () -> Mem.at(Gpr.RAX, 1L << 31));
    assertThrows(IllegalArgumentException.class, () -> Vec.of(32));
    assertEquals(0, assembler.code().length);
  }
}
