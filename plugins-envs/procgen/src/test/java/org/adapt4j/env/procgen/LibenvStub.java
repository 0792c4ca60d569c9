package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds a small library with the native library's interface, and the folder of pictures that it would read. */
final class LibenvStub {

    private LibenvStub() {}

    /** In a folder, with macros such as {@code OTHER_VERSION}. */
    static LibenvFile build(Path folder, String... macros) throws IOException, InterruptedException {
        Path library = folder.resolve("libenv.so");
        List<String> command = new ArrayList<>(List.of("gcc", "-std=gnu11", "-O1", "-shared", "-fPIC"));
        for (String macro : macros) {
            command.add("-D" + macro);
        }
        command.addAll(List.of("-o", library.toString(), "src/test/c/libenv_stub.c"));
        Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(gcc.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(gcc.waitFor()).as(said).isZero();
        Path assets = folder.resolve("assets");
        for (String picture : LibenvFile.PICTURES) {
            Files.createDirectories(assets.resolve(picture).getParent());
            Files.write(assets.resolve(picture), new byte[0]);
        }
        return new LibenvFile(library, assets);
    }
}
