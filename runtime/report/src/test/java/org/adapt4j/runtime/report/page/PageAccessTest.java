package org.adapt4j.runtime.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.Report;
import org.adapt4j.runtime.report.SyntheticRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a browser: axe-core finds nothing, and at the width of a telephone nothing is cut without a bar to scroll by. */
@Tag("slow")
final class PageAccessTest {

    /** Says what it finds to the page that holds it. */
    private static final String ASK = """
        addEventListener('load', async () => {
          const found = await axe.run(document, {resultTypes: ['violations']});
          const cut = [...document.querySelectorAll('body *')]
            .filter(e => !e.closest('.scroll') && !e.closest('svg') && !e.closest('.skip'))
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.outerHTML.slice(0, 120));
          parent.postMessage(JSON.stringify({
            width: innerWidth,
            paper: getComputedStyle(document.body).backgroundColor,
            sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            legends: [...document.querySelectorAll('.legend')].map(e => getComputedStyle(e).display),
            cut: cut,
            links: [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))
              .filter(link => !link.startsWith('#') && !link.startsWith('data:')),
            violations: found.violations.map(v =>
              v.id + ' (' + v.impact + '): ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(' | '))
          }), '*');
        });\
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "420, light"})
    void nothingIsCutAndAxeFindsNothing(int width, String scheme) throws Exception {
        Optional<String> browser = Stream.of("chromium", "chromium-browser", "google-chrome")
                .filter(PageAccessTest::starts)
                .findFirst();
        assumeTrue(browser.isPresent(), "no headless browser: apt-get install chromium");
        Optional<Path> axe = Stream.of(
                        Path.of(System.getenv().getOrDefault("AXE_CORE", "axe.min.js")),
                        Path.of("../../node_modules/axe-core/axe.min.js"))
                .filter(Files::isRegularFile)
                .findFirst();
        assumeTrue(axe.isPresent(), "no axe-core: npm install axe-core, and AXE_CORE=…/axe-core/axe.min.js");
        SyntheticRun run = SyntheticRun.games(folder.resolve("run"), List.of("cartridge/orchard", "cartridge/reef"), 5);

        JsonNode found = ask(
                browser.get(),
                axe.get(),
                Report.write(run.root(), Report.Options.defaults()).page(),
                width,
                scheme);

        assertThat(found.path("width").asInt()).isEqualTo(width);
        assertThat(found.path("paper").asText())
                .isEqualTo(scheme.equals("dark") ? "rgb(22, 26, 34)" : "rgb(255, 255, 255)");
        assertThat(texts(found.path("violations"))).isEmpty();
        assertThat(texts(found.path("cut"))).isEmpty();
        assertThat(found.path("sideways").asInt(-1)).isZero();
        assertThat(texts(found.path("links")))
                .as("links that lead out of the page")
                .isEmpty();
        assertThat(texts(found.path("legends"))).isNotEmpty().containsOnly(width < 704 ? "block" : "none");
    }

    private JsonNode ask(String browser, Path axe, Path page, int width, String scheme)
            throws IOException, InterruptedException {
        String script = "<script>" + Files.readString(axe) + "</script><script>" + ASK + "</script></body>";
        Path asked = page.resolveSibling("asked.html");
        Files.writeString(asked, Files.readString(page).replace("</body>", script));
        Path frame = Files.writeString(page.resolveSibling("frame.html"), """
            <!doctype html><iframe src="asked.html" style="width:%dpx;height:900px;border:0"></iframe>
            <script>onmessage = said => { document.body.textContent = 'SAID' + btoa(unescape(encodeURIComponent(said.data))) + '.'; }</script>
            """.formatted(width));
        Path dom = folder.resolve("dom.html");
        Process process = new ProcessBuilder(
                        browser,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=1400,900",
                        "--blink-settings=preferredColorScheme=" + (scheme.equals("dark") ? 0 : 1),
                        "--virtual-time-budget=120000",
                        "--dump-dom",
                        frame.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        Matcher said = Pattern.compile("SAID([A-Za-z0-9+/=]*)\\.").matcher(Files.readString(dom));
        assertThat(said.find()).as(Files.readString(dom)).isTrue();
        return new ObjectMapper()
                .readTree(new String(Base64.getDecoder().decode(said.group(1)), StandardCharsets.UTF_8));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }

    private static boolean starts(String browser) {
        try {
            Process process = new ProcessBuilder(browser, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // not installed
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
