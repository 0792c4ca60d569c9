package org.adapt4j.env.ale;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.adapt4j.env.ale.cartridge.Cartridge;
import org.adapt4j.env.ale.cartridge.Cartridges;

/**
 * Films every cartridge, and shows all of them on one sheet, to be looked at by people: {@code docs/cartridge-*.gif} and
 * {@code docs/cartridges.png}.
 *
 * <p>Arguments: the folder to write to; names of cartridges, if not all are to be filmed anew.
 */
final class CartridgeFilms {

    private static final int FIRST_ROW = 2;
    private static final int ROWS = 194;
    private static final int PICTURES = 96;
    private static final int ACTIONS_PER_PICTURE = 2;
    /** Hundredths of a second, for 8 frames of 60 in a second. */
    private static final int DELAY = 13;

    private static final int GAP = 6;
    private static final int SHEET_COLUMNS = 4;

    private CartridgeFilms() {}

    public static void main(String[] arguments) throws IOException {
        List<Cartridge> all = Cartridges.all();
        int width = 2 * Cabinet.WIDTH + GAP;
        int height = ROWS + GAP;
        BufferedImage sheet =
                new BufferedImage(SHEET_COLUMNS * width + GAP, all.size() * height + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(new Color(40, 40, 46));
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < all.size(); i++) {
            Cartridge cartridge = all.get(i);
            List<int[]> film = play(cartridge);
            for (int column = 0; column < SHEET_COLUMNS; column++) {
                int[] picture = film.get((2 * column + 1) * film.size() / (2 * SHEET_COLUMNS));
                g.drawImage(wide(picture), GAP + column * width, GAP + i * height, null);
            }
            if (arguments.length == 1 || List.of(arguments).contains(cartridge.name())) {
                write(film, new File(arguments[0], "cartridge-" + cartridge.name() + ".gif"));
            }
        }
        g.dispose();
        ImageIO.write(sheet, "png", new File(arguments[0], "cartridges.png"));
    }

    /** Pictures of scripted play with some chance in it, so that things go wrong now and then. */
    private static List<int[]> play(Cartridge cartridge) {
        SplittableRandom random = new SplittableRandom(8);
        List<int[]> film = new ArrayList<>();
        try (Cabinet cabinet = new Cabinet(cartridge, 1)) {
            IntSupplier expert = Episode.scripted(cabinet, cartridge.name());
            while (film.size() < PICTURES) {
                film.add(picture(cabinet.rgb()));
                for (int i = 0; i < ACTIONS_PER_PICTURE; i++) {
                    cabinet.press(random.nextInt(6) == 0 ? cabinet.randomAction(random) : expert.getAsInt());
                }
                if (cabinet.isOver()) {
                    cabinet.restart();
                }
            }
        }
        return film;
    }

    private static int[] picture(byte[] rgb) {
        int[] picture = new int[Cabinet.WIDTH * ROWS];
        for (int i = 0; i < picture.length; i++) {
            int at = 3 * (FIRST_ROW * Cabinet.WIDTH + i);
            picture[i] = (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
        }
        return picture;
    }

    /** The console's pixels are about twice as wide as high. */
    private static BufferedImage wide(int[] picture) {
        BufferedImage image = new BufferedImage(2 * Cabinet.WIDTH, ROWS, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < picture.length; i++) {
            int x = 2 * (i % Cabinet.WIDTH);
            image.setRGB(x, i / Cabinet.WIDTH, picture[i]);
            image.setRGB(x + 1, i / Cabinet.WIDTH, picture[i]);
        }
        return image;
    }

    private static void write(List<int[]> film, File file) throws IOException {
        IndexColorModel colours = colours(film);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int[] picture : film) {
                BufferedImage image =
                        new BufferedImage(2 * Cabinet.WIDTH, ROWS, BufferedImage.TYPE_BYTE_INDEXED, colours);
                image.createGraphics().drawImage(wide(picture), 0, 0, null);
                IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
                describe(metadata);
                writer.writeToSequence(new IIOImage(image, null, metadata), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private static IndexColorModel colours(List<int[]> film) {
        Map<Integer, Integer> colours = new LinkedHashMap<>();
        film.forEach(picture -> {
            for (int colour : picture) {
                colours.putIfAbsent(colour, colours.size());
            }
        });
        int[] table = new int[Math.max(2, colours.size())];
        colours.forEach((colour, index) -> table[index] = colour);
        int bits = 32 - Integer.numberOfLeadingZeros(table.length - 1);
        return new IndexColorModel(bits, table.length, table, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    private static void describe(IIOMetadata metadata) throws IOException {
        String format = metadata.getNativeMetadataFormatName();
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", Integer.toString(DELAY));
        IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
        loop.setAttribute("applicationID", "NETSCAPE");
        loop.setAttribute("authenticationCode", "2.0");
        loop.setUserObject(new byte[] {1, 0, 0});
        child(root, "ApplicationExtensions").appendChild(loop);
        metadata.setFromTree(format, root);
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        IIOMetadataNode child = new IIOMetadataNode(name);
        root.appendChild(child);
        return child;
    }
}
