package org.adapt4j.env.imujoco;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.env.mujoco.Model;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** A model's text as a tree that rules can change. Knows which attributes come from MJCF's default classes. */
final class Mjcf {

    /** More elements within each other make no body. MuJoCo's own reader gives up at some hundred. */
    private static final String DEEPEST = "100";

    private static final String DEFAULT = "default";

    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern INSTRUCTION =
            Pattern.compile("<\\?.*?\\?>|<!DOCTYPE[^>\\[]*(?:\\[.*?\\])?\\s*>", Pattern.DOTALL);
    private static final Pattern LONE_AMPERSAND = Pattern.compile("&(?!(?:amp|lt|gt|quot|apos|#\\d+|#x[0-9a-fA-F]+);)");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

    private final String name;
    private final Document document;
    private final Optional<Path> folder;

    private Mjcf(String name, Document document, Optional<Path> folder) {
        this.name = name;
        this.document = document;
        this.folder = folder;
    }

    /** Takes out of a text what MuJoCo passes over and stricter readers do not. Lines stay where they are. */
    static String plain(String xml) {
        String text = xml.startsWith("\uFEFF") ? xml.substring(1) : xml;
        text = COMMENT.matcher(text).replaceAll(comment -> "\n".repeat(lines(comment.group())));
        text = INSTRUCTION.matcher(text).replaceAll(instruction -> "\n".repeat(lines(instruction.group())));
        text = LONE_AMPERSAND.matcher(text).replaceAll("&amp;");
        return CONTROL.matcher(text).replaceAll(" ");
    }

    private static int lines(String text) {
        return (int) text.chars().filter(letter -> letter == '\n').count();
    }

    /** Reads MJCF of ours, which refers to no other file. */
    static Mjcf parse(String name, String xml) {
        return parse(name, plain(xml), Optional.empty());
    }

    /**
     * Reads MJCF that MuJoCo has accepted.
     *
     * @param xml {@linkplain #plain plain}
     * @param folder where files that it refers to are looked for
     */
    static Mjcf parse(String name, String xml, Optional<Path> folder) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return new Mjcf(name, builder.parse(new InputSource(new StringReader(xml))), folder);
        } catch (SAXParseException e) {
            throw new UnplayableTaskException(name + ": line " + e.getLineNumber() + ": " + e.getMessage()
                    + " MuJoCo may pass over this, but variants are made from well-formed XML only. Mend it");
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new UnplayableTaskException(name + ": " + e.getMessage());
        }
    }

    /**
     * Puts what other files hold in the place of the elements that include them, also those that come in this way.
     *
     * @param reader of a file, by its name as it is written
     */
    void include(Function<String, Mjcf> reader) {
        NodeList includes = document.getElementsByTagName("include");
        while (includes.getLength() > 0) {
            Element place = (Element) includes.item(0);
            Mjcf other = reader.apply(place.getAttribute("file"));
            NodeList content = other.document.getDocumentElement().getChildNodes();
            for (int i = 0; i < content.getLength(); i++) {
                place.getParentNode().insertBefore(document.importNode(content.item(i), true), place);
            }
            place.getParentNode().removeChild(place);
        }
    }

    /** Compiles the text; the caller closes the model. */
    Model compile(String title) {
        return folder.isPresent() ? Model.parse(title, folder.get(), text()) : Model.parse(title, text());
    }

    /** The text, for MuJoCo. */
    String text() {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * The element of the world whose name is the given one once underscores are dropped.
     *
     * @param tag {@code geom}, {@code joint} or {@code body}
     */
    Element part(String tag, String nameWithoutUnderscores) {
        List<String> names = new ArrayList<>();
        for (Element element : elements(tag)) {
            String own = element.getAttribute("name");
            if (own.replace("_", "").equals(nameWithoutUnderscores)) {
                return element;
            }
            names.add(own);
        }
        throw new UnplayableTaskException(
                name + ": has no " + tag + " '" + nameWithoutUnderscores + "' (underscores apart), only " + names);
    }

    /** All geoms, joints or bodies of the world in order. */
    List<Element> elements(String tag) {
        List<Element> found = new ArrayList<>();
        NodeList all = document.getElementsByTagName(tag);
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (within(element, "worldbody")) {
                found.add(element);
            }
        }
        return found;
    }

    /** All elements of a tag, wherever they stand. */
    void each(String tag, Consumer<Element> change) {
        NodeList all = document.getElementsByTagName(tag);
        for (int i = 0; i < all.getLength(); i++) {
            change.accept((Element) all.item(i));
        }
    }

    private static boolean within(Element element, String tag) {
        for (Node node = element; node != null; node = node.getParentNode()) {
            if (node.getNodeName().equals(tag)) {
                return true;
            }
        }
        return false;
    }

    /** Whether angles are in degrees, as they are unless the compiler is told otherwise. */
    boolean isInDegrees() {
        boolean[] radians = new boolean[1];
        each("compiler", compiler -> {
            if (compiler.hasAttribute("angle")) {
                radians[0] = compiler.getAttribute("angle").equals("radian");
            }
        });
        return !radians[0];
    }

    /** What a rule cannot change, and why. */
    UnplayableTaskException unfit(Element element, String why) {
        return new UnplayableTaskException(
                name + ": the " + element.getTagName() + " '" + element.getAttribute("name") + "' " + why);
    }

    /** An attribute, from the default classes if the element itself lacks it; empty if nobody sets it. */
    String word(Element element, String attribute) {
        String text = element.getAttribute(attribute);
        return text.isEmpty() ? inherited(element, attribute) : text;
    }

    /** Numbers of an attribute, from the default classes if the element itself lacks it; empty if nobody sets it. */
    double[] numbers(Element element, String attribute) {
        String text = word(element, attribute);
        if (text.isBlank()) {
            return new double[0];
        }
        String[] words = text.strip().split("\\s+");
        double[] numbers = new double[words.length];
        try {
            for (int i = 0; i < words.length; i++) {
                numbers[i] = Double.parseDouble(words[i]);
            }
        } catch (NumberFormatException e) {
            throw new UnplayableTaskException(
                    name + ": the " + element.getTagName() + " '" + element.getAttribute("name") + "' has " + attribute
                            + "=\"" + text + "\", where numbers should be");
        }
        return numbers;
    }

    private String inherited(Element element, String attribute) {
        String className = element.getAttribute("class");
        for (Node node = element.getParentNode();
                className.isEmpty() && node instanceof Element parent;
                node = node.getParentNode()) {
            className = parent.getAttribute("childclass");
        }
        for (List<Element> level = defaults(className); !level.isEmpty(); level = above(level.get(0))) {
            for (int i = level.size() - 1; i >= 0; i--) {
                for (Node child = level.get(i).getLastChild(); child != null; child = child.getPreviousSibling()) {
                    if (child instanceof Element setting
                            && setting.getTagName().equals(element.getTagName())
                            && setting.hasAttribute(attribute)) {
                        return setting.getAttribute(attribute);
                    }
                }
            }
        }
        return "";
    }

    /** The sections of a class; several only of the outermost, which every file may add to. The last one that says something holds. */
    private List<Element> defaults(String className) {
        List<Element> outermost = new ArrayList<>();
        NodeList all = document.getElementsByTagName(DEFAULT);
        boolean isOutermost = className.isEmpty() || className.equals("main");
        for (int i = 0; i < all.getLength(); i++) {
            Element section = (Element) all.item(i);
            boolean hasName = section.getAttribute("class").equals(className);
            if (!section.getParentNode().getNodeName().equals(DEFAULT)) {
                outermost.add(section);
                isOutermost |= hasName;
            } else if (hasName && !className.isEmpty()) {
                return List.of(section);
            }
        }
        return isOutermost ? outermost : List.of();
    }

    private List<Element> above(Element section) {
        Node parent = section.getParentNode();
        if (!parent.getNodeName().equals(DEFAULT)) {
            return List.of();
        }
        return parent.getParentNode().getNodeName().equals(DEFAULT) ? List.of((Element) parent) : defaults("");
    }

    /** Writes numbers so that reading them again gives the same bits. */
    static void set(Element element, String attribute, double... numbers) {
        StringBuilder text = new StringBuilder();
        for (double number : numbers) {
            text.append(text.isEmpty() ? "" : " ").append(number == 0 ? 0.0 : number);
        }
        element.setAttribute(attribute, text.toString());
    }
}
