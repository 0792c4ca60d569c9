package org.adapt4j.runtime.cli;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.progress;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page about a run that refreshes itself, for browsers of this machine: it listens on the loopback address only, answers nothing but reading,
 * and answers no other page that a browser might be lured to ask it from.
 */
final class WatchPage implements AutoCloseable {
    private static final String STYLE = "body{font:14px system-ui,sans-serif;margin:2em}table{border-collapse:collapse}"
            + "td,th{text-align:left;padding:.2em .8em;border-bottom:1px solid #ddd}.failed,.lost{color:#a00}";

    private final @Nullable HttpServer server;
    private final int every;
    private volatile byte[] shown = new byte[0];

    private WatchPage(@Nullable HttpServer server, int every) {
        this.server = server;
        this.every = every;
    }

    /** Serves nothing. */
    static WatchPage none() {
        return new WatchPage(null, 0);
    }

    /**
     * Serves a page until closed.
     *
     * @param port 0 for any that is free
     * @param every so many seconds it asks to be read again
     */
    static WatchPage serve(int port, int every) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            WatchPage page = new WatchPage(server, every);
            server.createContext("/", page::answer);
            server.start();
            return page;
        } catch (IOException e) {
            throw new UsageException("--port " + port + ": cannot be listened on: " + e.getMessage());
        }
    }

    /** Where to read it. */
    Optional<String> address() {
        return server == null
                ? Optional.empty()
                : Optional.of("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Shows this from now on. */
    void show(String name, RunView.Sight sight) {
        if (server == null) {
            return;
        }
        String page = document(html(
                head(
                        meta().withCharset("utf-8"),
                        meta().attr("http-equiv", "refresh").withContent(Integer.toString(every)),
                        title(name),
                        style(rawHtml(STYLE))),
                body(
                        h1(name),
                        p(sight.summary()),
                        table(
                                thead(tr(each(
                                        List.of("state", "", "steps", "return", "steps/s", "left", "what", "why"),
                                        head -> th(head)))),
                                tbody(each(sight.rows(), WatchPage::row))))));
        shown = page.getBytes(StandardCharsets.UTF_8);
    }

    private static j2html.tags.DomContent row(RunView.Row row) {
        return tr(
                attrs("." + row.status().state().word()),
                td(row.status().state().word()),
                td(progress().withMax("1").withValue(String.format(Locale.ROOT, "%.3f", row.share()))),
                td(row.way()),
                td(row.earned()),
                td(row.speed()),
                td(row.left()),
                td(row.status().cell().title()),
                td(row.status().reason()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"))
                    .replaceFirst(":\\d+$", "");
            boolean own = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
            int status = !own
                    ? 403
                    : !exchange.getRequestMethod().equals("GET")
                            ? 405
                            : exchange.getRequestURI().getPath().equals("/") ? 200 : 404;
            if (status != 200) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            byte[] page = shown;
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders()
                    .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
