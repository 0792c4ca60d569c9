package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Slurm on this machine as its only node, with everything it writes in one folder. */
final class Slurm implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 5;
    private static final List<String> PROGRAMS = List.of("munged", "slurmctld", "slurmd", "sbatch");

    private static final String CONFIGURATION = """
        ClusterName=test
        SlurmctldHost=localhost(127.0.0.1)
        SlurmctldPort=%2$d
        SlurmdPort=%3$d
        AuthType=auth/munge
        AuthInfo=socket=%1$s/munge/socket
        CredType=cred/munge
        SlurmUser=root
        SlurmdUser=root
        StateSaveLocation=%1$s/state
        SlurmdSpoolDir=%1$s/spool
        SlurmctldPidFile=%1$s/slurmctld.pid
        SlurmdPidFile=%1$s/slurmd.pid
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        SelectType=select/cons_tres
        SelectTypeParameters=CR_Core
        ReturnToService=2
        SwitchType=switch/none
        MpiDefault=none
        JobCompType=jobcomp/none
        AccountingStorageType=accounting_storage/none
        NodeName=localhost NodeAddr=127.0.0.1 NodeHostname=%4$s CPUs=2 RealMemory=16000
        PartitionName=all Nodes=localhost Default=YES
        """;

    private final Path folder;
    private final List<Process> daemons = new ArrayList<>();

    /** Starts it, and waits until it takes jobs. */
    Slurm(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        for (String name : List.of("munge", "state", "spool")) {
            Files.createDirectories(folder.resolve(name));
        }
        byte[] key = new byte[1024];
        new SecureRandom().nextBytes(key);
        Path secret = Files.write(folder.resolve("munge/key"), key);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--------"));
        Files.writeString(
                configuration(),
                CONFIGURATION.formatted(
                        folder,
                        freePort(),
                        freePort(),
                        Files.readString(Path.of("/proc/sys/kernel/hostname"))
                                .strip()
                                .replaceAll("\\..*", "")));
        daemon(
                "munged",
                "--foreground",
                "--force", // the folder is nobody else's, which it does not expect
                "--key-file=" + secret,
                "--socket=" + folder.resolve("munge/socket"),
                "--pid-file=" + folder.resolve("munge/pid"),
                "--log-file=" + folder.resolve("munge/log"),
                "--seed-file=" + folder.resolve("munge/seed"));
        await("munge", () -> Files.exists(folder.resolve("munge/socket")));
        daemon("slurmctld", "-D", "-f", configuration().toString());
        daemon("slurmd", "-D", "-N", "localhost", "-f", configuration().toString());
        await(
                "a node that is idle",
                () -> tell("sinfo", "--noheader", "--format=%T").startsWith("idle"));
    }

    /** Why it cannot be started here; empty if it can. */
    static Optional<String> hindrance() {
        List<String> missing = PROGRAMS.stream()
                .filter(name -> Stream.of("/usr/bin/", "/usr/sbin/").noneMatch(in -> Files.exists(Path.of(in + name))))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("there is no " + missing
                    + "; as root: apt-get install -y --no-install-recommends munge slurmctld slurmd slurm-client");
        }
        return System.getProperty("user.name").equals("root")
                ? Optional.empty()
                : Optional.of("Slurm starts its jobs as root only");
    }

    /** Runs a program of Slurm; returns what it printed. */
    String tell(String... command) throws IOException, InterruptedException {
        Process process = start(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private Path configuration() {
        return folder.resolve("slurm.conf");
    }

    private ProcessBuilder start(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SLURM_CONF", configuration().toString());
        builder.environment().merge("PATH", "/usr/sbin:/usr/bin", (path, more) -> path + ":" + more);
        return builder;
    }

    private void daemon(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/sbin/" + name));
        command.addAll(List.of(arguments));
        daemons.add(start(command.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (!condition.holds()) {
            if (System.nanoTime() > end || daemons.stream().anyMatch(daemon -> !daemon.isAlive())) {
                throw new AssertionError("no " + what + ":\n" + logs());
            }
            Thread.sleep(100);
        }
    }

    /** What its daemons have to say. */
    String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("munged", "slurmctld", "slurmd")) {
            Path log = folder.resolve(name + ".log");
            text.append(name).append(":\n").append(Files.exists(log) ? Files.readString(log) : "");
        }
        return text.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            tell("scancel", "--user=root");
            tell("scancel", "--user=root", "--signal=KILL", "--full");
            for (int i = daemons.size() - 1; i >= 0; i--) {
                daemons.get(i).destroy();
                if (!daemons.get(i).waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                    daemons.get(i).destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            daemons.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
