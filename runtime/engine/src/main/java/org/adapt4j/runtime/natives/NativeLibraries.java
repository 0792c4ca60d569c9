package org.adapt4j.runtime.natives;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries in the jars of the class path. They are unpacked into a folder of the user's own, and whenever a process is about
 * to load them, each is compared with its jar: its length, and the CRC-32 of all its bytes. That costs a tenth of a second for libtorch, so
 * what was found good within the hour and has not been written to since is not read again. What differs is unpacked again. Against other
 * people the folder protects, not the sum; the jars themselves are pinned by {@link org.adapt4j.runtime.run.Code}.
 *
 * <p>DJL and JavaCPP are told by system properties where to find what is there; they unpack nothing themselves.
 */
public final class NativeLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);

    private static final String TORCH_LIBRARIES = "native/lib/pytorch.properties";
    private static final String TORCH_BINDING = "jnilib/pytorch.properties";
    private static final Pattern BINDING = Pattern.compile("jnilib/linux-x86_64/([^/]+)/libdjl_torch\\.so");
    /** As JavaCPP lays libraries out in jars. */
    private static final Pattern JAVACPP = Pattern.compile("(?:[^/]+/)+linux-x86_64/[^/]+\\.so(\\.[0-9]+)*");

    /** Of the class path, the jars that hold native libraries: a process tells those that it starts, so that they need not open all. */
    private static final String JARS = "adapt4j.native-jars";

    /** DJL's. */
    private static final String CUDA_BY_PROCESS = "ai.djl.util.cuda.fork";

    private static final Duration UNUSED = Duration.ofDays(30);
    private static final String UNPACKING = "unpacking-";

    /**
     * A library in a jar.
     *
     * @param entry name within the jar
     * @param file where it goes, within the folder of its kind
     */
    private record Library(Path jar, String entry, long size, long crc, FileTime time, String file) {
        static Library of(Path jar, JarEntry entry, String file) {
            return new Library(
                    jar, entry.getName(), entry.getSize(), entry.getCrc(), FileTime.fromMillis(entry.getTime()), file);
        }
    }

    private final List<Path> jars;
    private final Path folder;
    private final Map<String, String> environment;

    private NativeLibraries(List<Path> jars, Path folder, Map<String, String> environment) {
        this.jars = jars;
        this.folder = folder;
        this.environment = environment;
    }

    /** Those of this process's class path. @throws UnsafeFolderException if there is no safe place for them */
    public static NativeLibraries ofThisProcess() {
        String known = System.getProperty(JARS);
        if (known == null) {
            known = jars(System.getProperty("java.class.path"))
                    .filter(NativeLibraries::holdsLibraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            System.setProperty(JARS, known);
        }
        return of(jars(known).toList(), OwnFolder.of("natives"), System.getenv());
    }

    private static Stream<Path> jars(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(part -> part.endsWith(".jar"))
                .map(Path::of)
                .filter(Files::isRegularFile);
    }

    private static boolean holdsLibraries(Path jar) {
        AtomicBoolean found = new AtomicBoolean();
        inside(
                jar,
                file -> found.set(file.getJarEntry(TORCH_LIBRARIES) != null
                        || file.getJarEntry(TORCH_BINDING) != null
                        || file.stream().anyMatch(entry -> entry.getName().contains(".so"))));
        return found.get();
    }

    /** Those of some jars, in a folder that is the user's own. @param environment what the user says by variables */
    static NativeLibraries of(List<Path> jars, Path folder, Map<String, String> environment) {
        return new NativeLibraries(List.copyOf(jars), folder, Map.copyOf(environment));
    }

    /** Readies what environments load, by JavaCPP and JNA. @return the folder */
    public Path readyForEnvironments() {
        List<Library> libraries = new ArrayList<>();
        for (Path jar : jars) {
            inside(jar, file -> {
                // DJL lays libtorch out alike; it is unpacked when tensors are needed.
                if (file.getJarEntry(TORCH_LIBRARIES) == null) {
                    file.stream()
                            .filter(entry -> JAVACPP.matcher(entry.getName()).matches())
                            .forEach(entry ->
                                    libraries.add(Library.of(jar, entry, jar.getFileName() + "/" + entry.getName())));
                }
            });
        }
        Path ready = ready("javacpp", libraries);
        System.setProperty("org.bytedeco.javacpp.cachedir", ready.toString());
        // JNA unpacks anew each time, under a name that it draws.
        if (System.getProperty("jna.tmpdir") == null) {
            System.setProperty("jna.tmpdir", folder.toString());
        }
        return ready;
    }

    /**
     * Readies libtorch. Where the user says by {@code PYTORCH_LIBRARY_PATH} what to load instead, that is left alone, and the binding
     * that fits it is readied.
     *
     * @return the folder of what comes from the jars; empty if no jar holds it, or another one is to be loaded
     * @throws WrongLibraryException if what the user names cannot be used
     */
    public Optional<Path> readyForTensors() {
        // Whatever else DJL may want to keep.
        System.setProperty("DJL_CACHE_DIR", folder.resolve("djl").toString());
        Optional<OwnTorch> own = OwnTorch.of(environment);
        if (own.isPresent()) {
            readyBinding(own.get());
            return Optional.empty();
        }
        Properties torch = new Properties();
        for (Path jar : jars) {
            inside(jar, file -> {
                JarEntry about = file.getJarEntry(TORCH_LIBRARIES);
                if (about != null) {
                    try (InputStream in = file.getInputStream(about)) {
                        torch.load(in);
                    }
                }
            });
        }
        if (torch.isEmpty()) {
            return Optional.empty();
        }
        String flavor = torch.getProperty("flavor", "cpu");
        String classifier = torch.getProperty("classifier", "");
        Set<String> names = Set.of(torch.getProperty("libraries", "").split(","));
        List<Library> libraries = new ArrayList<>();
        for (Path jar : jars) {
            inside(jar, file -> {
                if (file.getJarEntry(TORCH_LIBRARIES) != null) {
                    for (String name : names) {
                        add(libraries, jar, file, "pytorch/" + flavor + "/" + classifier + "/" + name, name);
                    }
                }
                if (file.getJarEntry(TORCH_BINDING) != null) {
                    String name = "libdjl_torch.so";
                    add(libraries, jar, file, "jnilib/" + classifier + "/" + flavor + "/" + name, name);
                }
            });
        }
        Path ready = ready("pytorch", libraries);
        System.setProperty(OwnTorch.PATH, ready.toString());
        if (!environment.containsKey(OwnTorch.FLAVOR)) {
            System.setProperty(OwnTorch.FLAVOR, flavor);
        }
        if (flavor.equals("cpu") && System.getProperty(CUDA_BY_PROCESS) == null) {
            forgoCuda();
        }
        return Optional.of(ready);
    }

    /**
     * Keeps DJL from looking for CUDA, for which JNA would run ldconfig and load what it finds: a libtorch for the processor alone has no use for it.
     * DJL loads nothing itself where it is told that another process is to be asked, and that it is told while it decides.
     */
    private static void forgoCuda() {
        System.setProperty(CUDA_BY_PROCESS, "true");
        try {
            Class.forName("ai.djl.util.cuda.CudaUtils");
        } catch (ClassNotFoundException e) {
            LOG.debug("no tensors here", e);
        } finally {
            System.clearProperty(CUDA_BY_PROCESS);
        }
    }

    /** What is loaded for tensors, in words: from where, and of which flavour. */
    public String describeTensors() {
        return OwnTorch.of(environment)
                .map(own -> own.flavor() + ", from " + own.folder())
                .orElse("from its jar");
    }

    /** Puts the part of DJL's binding that fits where DJL looks for it, so that it need not unpack it itself. */
    private void readyBinding(OwnTorch own) {
        Map<String, Library> bindings = new TreeMap<>();
        Properties about = new Properties();
        for (Path jar : jars) {
            inside(jar, file -> {
                JarEntry properties = file.getJarEntry(TORCH_BINDING);
                if (properties != null) {
                    try (InputStream in = file.getInputStream(properties)) {
                        about.load(in);
                    }
                    String name = api(about) + "-libdjl_torch.so";
                    file.stream().forEach(entry -> {
                        Matcher binding = BINDING.matcher(entry.getName());
                        if (binding.matches()) {
                            bindings.put(binding.group(1), Library.of(jar, entry, name));
                        }
                    });
                }
            });
        }
        if (bindings.isEmpty()) {
            return; // DJL says what it misses
        }
        String bound = about.getProperty("jni_version", "").split("-")[0];
        own.demandBinding(bound, bindings.keySet());
        Library binding = Objects.requireNonNull(bindings.get(own.flavor()));
        Path place = folder.resolve("djl/pytorch/" + bound + "-" + own.flavor() + "-linux-x86_64");
        ready(place, List.of(binding));
        System.setProperty(OwnTorch.FLAVOR, own.flavor());
    }

    /** "0.35.1" of "2.7.1-0.35.1": the version of DJL. */
    private static String api(Properties binding) {
        String versions = binding.getProperty("jni_version", "");
        return versions.substring(versions.indexOf('-') + 1);
    }

    private static void add(List<Library> libraries, Path jar, JarFile file, String entry, String name) {
        JarEntry found = file.getJarEntry(entry);
        if (found != null) {
            libraries.add(Library.of(jar, found, name));
        }
    }

    @FunctionalInterface
    private interface Look {
        void into(JarFile jar) throws IOException;
    }

    private static void inside(Path jar, Look look) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            look.into(file);
        } catch (IOException e) {
            throw new DamagedLibraryException(
                    jar + ": cannot be read (" + e.getMessage() + "): build or fetch it anew");
        }
    }

    /** Makes a folder hold exactly these libraries, whole. */
    private Path ready(String kind, List<Library> libraries) {
        return ready(folder.resolve(kind + "-" + name(libraries)), libraries);
    }

    private Path ready(Path place, List<Library> libraries) {
        // A process cannot wait for a lock that it holds itself.
        synchronized (NativeLibraries.class) {
            try (FileChannel channel = FileChannel.open(
                    folder.resolve(".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                Files.createDirectories(place);
                FileLock reading = channel.lock(0, Long.MAX_VALUE, true);
                boolean good = strays(place, libraries).isEmpty();
                if (!good || !CheckedFiles.in(place).hold(files(place, libraries))) {
                    for (Library library : libraries) {
                        good = good && isGood(place, library);
                    }
                    reading.release();
                    if (!good) {
                        FileLock writing = channel.lock();
                        mend(place, libraries);
                        writing.release();
                    }
                    CheckedFiles.in(place).note(files(place, libraries));
                }
                Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
                return place;
            } catch (IOException e) {
                throw StorageException.of(place, e);
            }
        }
    }

    /** Names a set of libraries after what is in them, so that builds that share them share the folder, and others do not. */
    private static String name(List<Library> libraries) {
        return Sha256.of(libraries.stream()
                        .sorted(Comparator.comparing(Library::file))
                        .map(one -> one.file() + " " + one.size() + " " + one.crc() + "\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    }

    private void mend(Path place, List<Library> libraries) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                boolean left = file.getFileName().toString().startsWith(UNPACKING);
                boolean old = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(file)
                                .toInstant()
                                .isBefore(Instant.now().minus(UNUSED));
                if (left || old) {
                    OwnFolder.delete(file);
                }
            }
        }
        for (Path stray : strays(place, libraries)) {
            LOG.warn("{}: is not from a jar, and was deleted", stray);
            Files.delete(stray);
        }
        for (Library library : libraries) {
            if (!isGood(place, library)) {
                Path file = place.resolve(library.file());
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    LOG.warn("{}: did not agree with {}, and was unpacked again", file, library.jar());
                }
                unpack(library, file);
            }
        }
    }

    private static List<Path> files(Path place, List<Library> libraries) {
        return libraries.stream().map(one -> place.resolve(one.file())).toList();
    }

    /** Files that are in no jar. JavaCPP's links and what is hidden do no harm: libraries are never loaded by these names. */
    private static List<Path> strays(Path place, List<Library> libraries) throws IOException {
        Set<Path> known = Set.copyOf(files(place, libraries));
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> !known.contains(file))
                    .toList();
        }
    }

    private static boolean isGood(Path place, Library library) throws IOException {
        Path file = place.resolve(library.file());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (in.size() != library.size()) {
                return false;
            }
            MappedByteBuffer bytes = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size());
            CRC32 crc = new CRC32();
            crc.update(bytes);
            if (crc.getValue() != library.crc()) {
                return false;
            }
            // JavaCPP would unpack it again, and reads the jar's time by the time zone of the process.
            if (!Files.readAttributes(file, BasicFileAttributes.class)
                    .lastModifiedTime()
                    .equals(library.time())) {
                Files.setLastModifiedTime(file, library.time());
            }
            return true;
        }
    }

    private void unpack(Library library, Path file) throws IOException {
        LOG.debug("unpacking {} into {}", library.entry(), file);
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(folder, UNPACKING, ".part");
        CRC32 crc = new CRC32();
        try (JarFile jar = new JarFile(library.jar().toFile(), false);
                InputStream in = jar.getInputStream(jar.getJarEntry(library.entry()))) {
            Files.copy(new CheckedInputStream(in, crc), part, StandardCopyOption.REPLACE_EXISTING);
            if (Files.size(part) != library.size() || crc.getValue() != library.crc()) {
                throw damaged(library, "does not agree with its check sum");
            }
            Files.setLastModifiedTime(part, library.time());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (ZipException e) {
            throw damaged(library, "cannot be unpacked (" + e.getMessage() + ")");
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static DamagedLibraryException damaged(Library library, String how) {
        return new DamagedLibraryException(
                library.jar() + ": the library " + library.entry() + " in it " + how + ": build or fetch the jar anew");
    }
}
