package org.adapt4j.env.imujoco;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.env.mujoco.Model;

/**
 * A user's model with all files that it includes, read before MuJoCo sees them: so that what would keep it busy for minutes is refused,
 * and that rules can change parts that stand in other files. Names of files are relative to the folder of the first, as MuJoCo has it.
 */
final class OwnModel {

    /** Of a model; ours have a hundred. MuJoCo compares all names with each other. */
    private static final int MOST_TAGS = 5_000;

    /** Of all texts together. */
    private static final int MOST_BYTES = 16 << 20;

    private static final int MOST_FILES = 100;

    private static final Pattern INCLUDE =
            Pattern.compile("<include\\b[^>]*?\\bfile\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern DECLARED = Pattern.compile("<\\?xml[^>]*\\bencoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)");

    /** Long enough for a declaration. */
    private static final int HEAD = 200;

    /** Charsets that MuJoCo cannot read, by the bytes that their files begin with. The longer come first. */
    private static final Map<String, Charset> MARKS = new LinkedHashMap<>();

    static {
        MARKS.put("\u00FF\u00FE\0\0", Charset.forName("UTF-32LE"));
        MARKS.put("\0\0\u00FE\u00FF", Charset.forName("UTF-32BE"));
        MARKS.put("\u00FF\u00FE", StandardCharsets.UTF_16LE);
        MARKS.put("\u00FE\u00FF", StandardCharsets.UTF_16BE);
        MARKS.put("<\0", StandardCharsets.UTF_16LE);
        MARKS.put("\0<", StandardCharsets.UTF_16BE);
    }

    private final Path file;
    private final Map<String, String> included = new LinkedHashMap<>();
    private final String main;
    private boolean isForMujoco = true;
    private int bytes;
    private int tags;

    private OwnModel(Path file) {
        this.file = file.toAbsolutePath();
        main = read(this.file);
        include(main);
    }

    /**
     * Reads a model's files.
     *
     * @throws UnplayableTaskException if one is missing or included twice, or there is too much; says what to do
     */
    static OwnModel read(String name, Path file) {
        try {
            return new OwnModel(file);
        } catch (UnplayableTaskException e) {
            throw new UnplayableTaskException(name + ": " + e.getMessage());
        }
    }

    private void include(String text) {
        Matcher matcher = INCLUDE.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            if (included.containsKey(name)) {
                throw new UnplayableTaskException("includes '" + name
                        + "' twice, or in a circle, and MuJoCo takes a file once. Take one include out");
            }
            if (included.size() == MOST_FILES) {
                throw new UnplayableTaskException("includes more than " + MOST_FILES + " files. Put them together");
            }
            Path path = file.resolveSibling(name);
            if (!Files.isRegularFile(path)) {
                throw new UnplayableTaskException("includes '" + name + "', but there is no file " + path
                        + "; names are relative to the folder of the first file, also within included ones");
            }
            String content = read(path);
            included.put(name, content);
            include(content);
        }
    }

    private String read(Path path) {
        byte[] content;
        try (InputStream in = Files.newInputStream(path)) {
            content = in.readNBytes(MOST_BYTES - bytes + 1);
        } catch (IOException e) {
            throw new UnplayableTaskException(path + " cannot be read: " + e.getMessage());
        }
        bytes += content.length;
        if (bytes > MOST_BYTES) {
            throw new UnplayableTaskException("is larger than " + (MOST_BYTES >> 20)
                    + " MiB with all that it includes. Leave out what the body does not need; meshes belong into files of"
                    + " their own");
        }
        String text = Mjcf.plain(decoded(content));
        tags += (int) text.chars().filter(letter -> letter == '<').count();
        if (tags > MOST_TAGS) {
            throw new UnplayableTaskException("has more than " + MOST_TAGS
                    + " tags with all that it includes, and MuJoCo would be busy for long. Leave out what the body does"
                    + " not need");
        }
        return text;
    }

    /** By the mark of byte order, else what the declaration says, else UTF-8; bytes that are none count as Latin-1. */
    private String decoded(byte[] content) {
        String head = new String(content, 0, Math.min(HEAD, content.length), StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, Charset> mark : MARKS.entrySet()) {
            if (head.startsWith(mark.getKey())) {
                isForMujoco = false;
                return new String(content, mark.getValue());
            }
        }
        Matcher declared = DECLARED.matcher(head);
        try {
            Charset charset = declared.find() && Charset.isSupported(declared.group(1))
                    ? Charset.forName(declared.group(1))
                    : StandardCharsets.UTF_8;
            return charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }

    /** The whole text as a tree. */
    Mjcf tree() {
        Mjcf tree = Mjcf.parse(file.toString(), main, Optional.of(file.resolveSibling("")));
        tree.include(name -> Mjcf.parse(
                file.resolveSibling(name).toString(),
                Optional.ofNullable(included.get(name))
                        .orElseThrow(() -> new UnplayableTaskException(file + ": " + name + " was not read")),
                Optional.empty()));
        return tree;
    }

    /** Compiles it as it is; MuJoCo says what is wrong, with the line. */
    Model compile() {
        return isForMujoco ? Model.load(file) : tree().compile(file.toString());
    }
}
