package org.adapt4j.runtime.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.StorageException;

/**
 * Signs with Ed25519 (RFC 8032). Keys are PEM files as OpenSSL writes and reads them: PKCS #8 for the private one, SubjectPublicKeyInfo for
 * the public one.
 */
public final class Signature {
    private static final String ALGORITHM = "Ed25519";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private Signature() {}

    /**
     * Makes a pair of keys: {@code file}, readable by its owner only, and {@code file.pub}.
     *
     * @throws PackageException if one of them is there already
     */
    public static void makeKeys(Path file) {
        Path shared = publicOf(file);
        for (Path path : java.util.List.of(file, shared)) {
            if (Files.exists(path)) {
                throw new PackageException(path + ": is there already; keys are never overwritten");
            }
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, pem(PRIVATE, pair.getPrivate().getEncoded()));
            DurableFiles.write(shared, pem(PUBLIC, pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 has " + ALGORITHM, e);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /** Where the public key lies beside a private one. */
    public static Path publicOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    /**
     * Signs an archive: puts the signature of its tag manifest, and so of everything in it, into it.
     *
     * @param key file of a private key
     * @throws PackageException if the archive is no package that is whole, or the key is none
     */
    public static void signPackage(Path archive, Path key) {
        PackageFile.sign(archive, key);
    }

    /** Signs some bytes; 64 bytes in Base64, and a line feed. @param key file of a private key */
    static String sign(byte[] message, Path key) {
        try {
            PrivateKey own =
                    KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der(key, PRIVATE)));
            java.security.Signature signer = java.security.Signature.getInstance(ALGORITHM);
            signer.initSign(own);
            signer.update(message);
            return Base64.getEncoder().encodeToString(signer.sign()) + "\n";
        } catch (GeneralSecurityException e) {
            throw new PackageException(key + ": is no private key of " + ALGORITHM + " (" + e.getMessage() + ")", e);
        }
    }

    /** Whether somebody with this key signed the bytes. @param signature as {@link #sign} gives it @param key file of a public key */
    static boolean isBy(byte[] message, String signature, Path key) {
        try {
            PublicKey theirs =
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der(key, PUBLIC)));
            java.security.Signature verifier = java.security.Signature.getInstance(ALGORITHM);
            verifier.initVerify(theirs);
            verifier.update(message);
            return verifier.verify(Base64.getDecoder().decode(signature.strip()));
        } catch (java.security.SignatureException | IllegalArgumentException e) {
            return false; // no signature at all
        } catch (GeneralSecurityException e) {
            throw new PackageException(key + ": is no public key of " + ALGORITHM + " (" + e.getMessage() + ")", e);
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + kind + "-----\n";
    }

    private static byte[] der(Path file, String kind) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            String begin = "-----BEGIN " + kind + "-----";
            String end = "-----END " + kind + "-----";
            if (!text.startsWith(begin) || !text.endsWith(end)) {
                throw new PackageException(file + ": is no " + kind.toLowerCase(java.util.Locale.ROOT)
                        + " in PEM; make a pair with: adapt4j package keys FILE");
            }
            return Base64.getMimeDecoder().decode(text.substring(begin.length(), text.length() - end.length()));
        } catch (IOException e) {
            throw new PackageException(file + ": cannot be read (" + e + ")", e);
        } catch (IllegalArgumentException e) {
            throw new PackageException(file + ": is no key in PEM (" + e.getMessage() + ")", e);
        }
    }
}
