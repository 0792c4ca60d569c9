package org.adapt4j.data.imujoco;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Several arrays in one file, as NumPy keeps them: a zip of arrays, stored or deflated. */
final class Npz {

    private static final String ENDING = ".npy";

    private final String name;
    private final Opener opener;

    /** Opens the entry of a name; empty if there is none. */
    @FunctionalInterface
    private interface Opener {
        Optional<InputStream> open(String entry) throws IOException;
    }

    /** Does something with an array's header and the stream of its numbers. */
    @FunctionalInterface
    private interface Use<T> {
        T of(Npy header, InputStream numbers) throws IOException;
    }

    /**
     * An array.
     *
     * @param shape sizes of the dimensions
     * @param numbers row-major
     */
    record Array(List<Integer> shape, float[] numbers) {}

    private Npz(String name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    /** A file. */
    static Npz of(Path file) {
        return new Npz(file.toString(), entry -> open(file, entry));
    }

    /** A resource of ours. */
    static Npz of(URL resource) {
        return new Npz(resource.getPath().replaceAll(".*/", ""), entry -> open(resource, entry));
    }

    /** Where it is from, for messages. */
    String name() {
        return name;
    }

    private static Optional<InputStream> open(Path file, String entry) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            zip.close();
            return Optional.empty();
        }
        return Optional.of(new FilterInputStream(zip.getInputStream(found)) {
            @Override
            public void close() throws IOException {
                super.close();
                zip.close();
            }
        });
    }

    private static Optional<InputStream> open(URL resource, String entry) throws IOException {
        ZipInputStream zip = new ZipInputStream(resource.openStream());
        for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
            if (next.getName().equals(entry)) {
                return Optional.of(zip);
            }
        }
        zip.close();
        return Optional.empty();
    }

    /** Sizes of an array without reading its numbers; empty if there is no such array. */
    Optional<List<Integer>> shape(String array) {
        return use(array, (header, numbers) -> header.shape());
    }

    /** Reads an array; empty if there is none of this name. */
    Optional<Array> array(String array) {
        return use(array, (header, numbers) -> new Array(header.shape(), header.numbers(numbers)));
    }

    private <T> Optional<T> use(String array, Use<T> use) {
        try {
            Optional<InputStream> opened = opener.open(array + ENDING);
            if (opened.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = opened.get()) {
                return Optional.of(use.of(Npy.read(in), in));
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
            throw new UncheckedIOException(
                    name + ": is not an .npz file, or was truncated (" + e.getMessage() + "). Copy it again", e);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private UncheckedIOException damaged(String array, String why, IOException cause) {
        return new UncheckedIOException(name + ": its array '" + array + "' " + why, cause);
    }
}
