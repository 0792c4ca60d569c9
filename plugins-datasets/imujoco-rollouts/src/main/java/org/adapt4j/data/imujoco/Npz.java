package org.adapt4j.data.imujoco;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Several arrays in one file, as NumPy keeps them: a zip of arrays, stored or deflated. Numbers are read from undamaged files only.
 */
final class Npz {

    private static final String ENDING = ".npy";

    private final String name;
    private final Opener opener;

    /** Empty for a resource of ours, whose check sums its reader looks at. */
    private final Optional<Path> file;

    /** Opens the entry of a name; empty if there is none. */
    @FunctionalInterface
    private interface Opener {
        Optional<Entry> open(String entry) throws IOException;
    }

    /** What is in an entry, and its size in bytes; the greatest number if it is not known. */
    private record Entry(InputStream content, long size) {}

    /** Does something with an array's header, the stream of its numbers, and the size of both. */
    @FunctionalInterface
    private interface Use<T> {
        T of(Npy header, InputStream numbers, long size) throws IOException;
    }

    /**
     * An array.
     *
     * @param type NumPy's word for the kind of number
     * @param shape sizes of the dimensions
     * @param numbers row-major
     */
    record Array(String type, List<Integer> shape, float[] numbers) {}

    private Npz(String name, Opener opener, Optional<Path> file) {
        this.name = name;
        this.opener = opener;
        this.file = file;
    }

    /** A file. */
    static Npz of(Path file) {
        return new Npz(file.toString(), entry -> open(file, entry), Optional.of(file));
    }

    /** A resource of ours. */
    static Npz of(URL resource) {
        return new Npz(resource.getPath().replaceAll(".*/", ""), entry -> open(resource, entry), Optional.empty());
    }

    /** Where it is from, for messages. */
    String name() {
        return name;
    }

    private static Optional<Entry> open(Path file, String entry) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            zip.close();
            return Optional.empty();
        }
        InputStream content = new FilterInputStream(zip.getInputStream(found)) {
            @Override
            public void close() throws IOException {
                super.close();
                zip.close();
            }
        };
        return Optional.of(new Entry(content, found.getSize()));
    }

    private static Optional<Entry> open(URL resource, String entry) throws IOException {
        ZipInputStream zip = new ZipInputStream(resource.openStream());
        for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
            if (next.getName().equals(entry)) {
                return Optional.of(new Entry(zip, Long.MAX_VALUE));
            }
        }
        zip.close();
        return Optional.empty();
    }

    /** Sizes of an array without reading its numbers; empty if there is no such array. */
    Optional<List<Integer>> shape(String array) {
        return use(array, (header, numbers, size) -> header.shape());
    }

    /**
     * Reads arrays.
     *
     * @return those that there are
     * @throws UncheckedIOException if anything in the file is damaged
     */
    Map<String, Array> arrays(Set<String> names) {
        Map<String, Array> arrays = new HashMap<>();
        file.ifPresent(this::check);
        for (String array : names) {
            use(array, (header, numbers, size) -> {
                        Array read = new Array(header.type(), header.shape(), header.numbers(numbers, size));
                        if (numbers.read() >= 0) {
                            throw new IOException("has bytes after the numbers of its shape " + header.shape()
                                    + ": the file is damaged. Copy it again");
                        }
                        return read;
                    })
                    .ifPresent(read -> arrays.put(array, read));
        }
        return arrays;
    }

    private void check(Path path) {
        try {
            ZipCheck.check(path);
        } catch (ZipException | EOFException e) {
            throw notNpz(e);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private UncheckedIOException notNpz(IOException problem) {
        return new UncheckedIOException(
                name + ": is not an .npz file, or was damaged or truncated (" + problem.getMessage()
                        + "). Copy it again",
                problem);
    }

    private <T> Optional<T> use(String array, Use<T> use) {
        try {
            Optional<Entry> opened = opener.open(array + ENDING);
            if (opened.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = opened.get().content()) {
                return Optional.of(use.of(Npy.read(in), in, opened.get().size()));
            } catch (ZipException e) {
                throw damaged(
                        array, "cannot be unpacked (" + e.getMessage() + "): the file is damaged. Copy it again", e);
            } catch (EOFException e) {
                String why = String.valueOf(e.getMessage());
                String told = why.startsWith("ends ") ? why : "ends too early: the file is truncated. Copy it again";
                throw damaged(array, told, e);
            } catch (IOException e) {
                throw damaged(array, String.valueOf(e.getMessage()), e);
            }
        } catch (ZipException e) {
            throw notNpz(e);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private UncheckedIOException damaged(String array, String why, IOException cause) {
        return new UncheckedIOException(name + ": its array '" + array + "' " + why, cause);
    }
}
