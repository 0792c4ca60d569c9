package org.adapt4j.env.imujoco;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A model's text as a tree that rules can change. Knows which attributes come from MJCF's default classes. */
final class Mjcf {

    private final String name;
    private final Document document;

    private Mjcf(String name, Document document) {
        this.name = name;
        this.document = document;
    }

    /** Reads MJCF that MuJoCo has accepted. */
    static Mjcf parse(String name, String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return new Mjcf(name, builder.parse(new InputSource(new StringReader(xml))));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new UnplayableTaskException(name + ": " + e.getMessage());
        }
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

    /** Numbers of an attribute, from the default classes if the element itself lacks it; empty if nobody sets it. */
    double[] numbers(Element element, String attribute) {
        String text = element.getAttribute(attribute);
        if (text.isEmpty()) {
            text = inherited(element, attribute);
        }
        if (text.isBlank()) {
            return new double[0];
        }
        String[] words = text.strip().split("\\s+");
        double[] numbers = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Double.parseDouble(words[i]);
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
        NodeList defaults = document.getElementsByTagName("default");
        Node start = null;
        for (int i = 0; i < defaults.getLength(); i++) {
            Element candidate = (Element) defaults.item(i);
            boolean top = !candidate.getParentNode().getNodeName().equals("default")
                    && candidate.getElementsByTagName("*").getLength() > 0;
            if (className.isEmpty() ? top : candidate.getAttribute("class").equals(className)) {
                start = candidate;
                break;
            }
        }
        for (Node node = start; node != null && node.getNodeName().equals("default"); node = node.getParentNode()) {
            for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (child instanceof Element setting
                        && setting.getTagName().equals(element.getTagName())
                        && setting.hasAttribute(attribute)) {
                    return setting.getAttribute(attribute);
                }
            }
        }
        return "";
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
