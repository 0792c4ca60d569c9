package org.adapt4j.runtime.report.figure;

import java.awt.AWTError;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Paints a drawing into a PNG of twice its size, or as large as memory has room for, on white ground. */
public final class Png {
    private static final double SCALE = 2;
    /** Pixels of four bytes each. */
    private static final double LARGEST = 16e6;

    private Png() {}

    /** The bytes of the picture; empty on a machine whose Java has no fonts or no graphics library. */
    public static Optional<byte[]> write(Drawing drawing) {
        try {
            return Optional.of(paint(drawing));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
            // A Java without fontconfig or without a display fails here in several ways; SVG and CSV do not need it.
            return Optional.empty();
        }
    }

    private static byte[] paint(Drawing drawing) throws IOException {
        double scale = Math.min(SCALE, Math.sqrt(LARGEST / (drawing.width() * drawing.height())));
        int width = (int) Math.ceil(drawing.width() * scale);
        int height = (int) Math.ceil(drawing.height() * scale);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        g.scale(scale, scale);
        for (Shape shape : drawing.shapes()) {
            paint(g, shape);
        }
        g.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static void paint(Graphics2D g, Shape shape) {
        if (shape instanceof Shape.Path path) {
            g.setColor(new Color(path.ink().light()));
            float[] dash = path.dashed() ? new float[] {5, 3} : null;
            g.setStroke(
                    new BasicStroke((float) path.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0));
            g.draw(trace(path.outline()));
        } else if (shape instanceof Shape.Area area) {
            fill(g, trace(area.outline()), area.ink(), area.opacity());
        } else if (shape instanceof Shape.Block block) {
            fill(
                    g,
                    new Rectangle2D.Double(block.x(), block.y(), block.width(), block.height()),
                    block.ink(),
                    block.opacity());
        } else if (shape instanceof Shape.Text text) {
            paint(g, text);
        }
    }

    private static void paint(Graphics2D g, Shape.Text text) {
        g.setColor(new Color(text.ink().light()));
        // Logical sans-serif fonts run wider than those of a browser.
        g.setFont(new Font(Font.SANS_SERIF, text.bold() ? Font.BOLD : Font.PLAIN, 1)
                .deriveFont((float) (text.size() * 0.9)));
        double width = g.getFontMetrics().stringWidth(text.text());
        double shift = switch (text.anchor()) {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        };
        AffineTransform before = g.getTransform();
        g.translate(text.x(), text.y());
        if (text.upright()) {
            g.rotate(-Math.PI / 2);
        }
        g.drawString(text.text(), (float) shift, 0);
        g.setTransform(before);
    }

    private static void fill(Graphics2D g, java.awt.Shape outline, Ink ink, double opacity) {
        g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
        g.setColor(new Color(ink.light()));
        g.fill(outline);
        g.setComposite(AlphaComposite.SrcOver);
    }

    private static Path2D trace(Outline outline) {
        Path2D path = new Path2D.Double();
        path.moveTo(outline.x(0), outline.y(0));
        for (int i = 1; i < outline.size(); i++) {
            path.lineTo(outline.x(i), outline.y(i));
        }
        return path;
    }
}
