package org.adapt4j.runtime.report.page;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.figure.Ink;
import org.adapt4j.runtime.report.figure.Svg;

/** How the page looks. */
final class Style {
    private static final String RULES = """
        *{box-sizing:border-box}
        html{font-size:16px;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 FONT}
        main{max-width:64rem;margin:0 auto;padding:3.5rem 1.75rem 5rem}
        h1{font-size:2.35rem;line-height:1.15;letter-spacing:-.02em;margin:.1rem 0 .6rem;font-weight:680}
        h2{font-size:1.4rem;letter-spacing:-.01em;margin:3.6rem 0 1.1rem;padding-top:1rem;border-top:1px solid var(--grid);font-weight:640}
        h3{font-size:1.05rem;margin:2rem 0 .4rem;font-weight:640}
        p{margin:.5rem 0}
        a{color:var(--s0);text-decoration-thickness:1px;text-underline-offset:2px}
        code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
        .kind{margin:0;color:var(--muted);font-size:.8rem;letter-spacing:.09em;text-transform:uppercase}
        .lead{font-size:1.15rem;color:var(--muted);max-width:46rem;margin:0 0 1rem}
        .chips{margin:.8rem 0 0}.of{color:var(--muted);font-size:.9rem}
        .chip{display:inline-block;font-size:.8rem;line-height:1.5;font-weight:600;padding:.05rem .55rem;border-radius:1rem;border:1px solid;white-space:nowrap}
        .good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}.still{color:var(--muted)}
        aside{margin:1.8rem 0 0;padding:.7rem 1.2rem;background:var(--wash);border-left:4px solid var(--warn);border-radius:0 .4rem .4rem 0}
        aside p{margin:.45rem 0;max-width:54rem}
        dl{margin:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.9rem 2rem}
        dt{color:var(--muted);font-size:.8rem;letter-spacing:.02em}dd{margin:0;font-variant-numeric:tabular-nums}
        dl.rules{grid-template-columns:1fr;margin:.6rem 0}dl.rules dt{font-weight:600;color:var(--ink)}
        dl.versions{grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));font-size:.92rem}
        .key{white-space:nowrap;margin-right:.9rem}.key i{display:inline-block;width:.72em;height:.72em;border-radius:50%;margin-right:.4em}
        figure{margin:1.6rem 0 2.6rem}
        svg{display:block;width:100%;height:auto;min-width:560px}
        .scroll{overflow-x:auto}
        figcaption{font-size:.9rem;line-height:1.5;color:var(--muted);margin-top:.8rem;max-width:54rem}
        figcaption b{color:var(--ink)}
        figure.table figcaption{margin:0 0 .5rem}
        .files,.files a{font-size:.78rem;color:var(--muted)}.files{white-space:nowrap}.files a{margin-right:.25rem}
        table{border-collapse:collapse;width:100%;line-height:1.4;font-size:.9rem;border-top:1.5px solid var(--ink);border-bottom:1.5px solid var(--ink)}
        th,td{padding:.34rem .8rem .34rem 0;text-align:left;vertical-align:top}
        thead th{border-bottom:1px solid var(--muted);font-weight:600;white-space:nowrap;vertical-align:bottom}
        .n{text-align:right;padding:.34rem 0 .34rem .8rem;font-variant-numeric:tabular-nums;white-space:nowrap}
        tr.h th{padding-top:.85rem;font-weight:500;font-style:italic;color:var(--muted)}
        tbody tr:not(.h):hover{background:var(--wash)}
        .notes{font-size:.82rem;line-height:1.5;color:var(--muted);max-width:56rem;margin-top:.5rem}.notes p{margin:.25rem 0}
        table.short{margin:.4rem 0 0}table.short td.c{white-space:nowrap}table.short td:first-child{white-space:nowrap;font-weight:600}
        .claim{margin:1.4rem 0 1.9rem}.claim h3{margin:0 0 .5rem}.claim h3 span{font-weight:450}
        .verdict{margin:.35rem 0;padding:.35rem 0 .35rem 1rem;border-left:3px solid var(--grid)}
        .verdict p{margin:0}.preset{font-weight:600;display:inline-block;min-width:5.5rem}
        .verdict .chip{margin-right:.4rem}
        details{margin:.4rem 0}summary{cursor:pointer;color:var(--muted);font-size:.88rem}
        details table{margin:.6rem 0}
        .films{display:flex;flex-wrap:wrap;gap:1.4rem}.films figure{margin:.5rem 0 0}
        .films img{width:192px;height:auto;image-rendering:pixelated;border-radius:.3rem;display:block;border:1px solid var(--grid)}
        .films figcaption{line-height:1.4;font-size:.82rem;margin-top:.5rem}
        ul.cells{list-style:none;padding:0;font-size:.92rem}ul.cells li{padding:.55rem 0;border-top:1px solid var(--grid)}
        .reason{color:var(--muted)}
        ul.prose{max-width:54rem;padding-left:1.2rem}ul.prose li{margin:.4rem 0}
        pre{background:var(--wash);padding:.8rem 1rem;border-radius:.3rem;overflow-x:auto;margin:.5rem 0}
        footer{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--grid);color:var(--muted);font-size:.85rem}
        .skip{position:absolute;left:-99rem}.skip:focus{position:static;display:block;padding:.5rem 1.75rem}
        main:focus{outline:none}
        :focus-visible{outline:2px solid var(--s0);outline-offset:2px}
        .legend,.films .strip{display:none}
        pre,code,dd,li{overflow-wrap:anywhere}
        @media (max-width:44rem){
        main{padding:2rem 1.1rem 4rem}h1{font-size:1.8rem}
        svg{min-width:760px}.legend{display:block;font-size:.85rem;line-height:1.7;margin:0 0 .5rem}
        .key{white-space:normal;display:inline-block}.chip,.files{white-space:normal}
        dl,dl.versions{grid-template-columns:1fr}
        }
        @media (prefers-reduced-motion:reduce){*{scroll-behavior:auto!important;transition:none!important}.films .film{display:none}.films .strip{display:block;width:auto;max-width:100%}}
        @media print{
        html{font-size:9.5pt}main{max-width:none;padding:0}body{line-height:1.4}h2{margin:1.1em 0 .5em;break-after:avoid}h3,thead,summary,figcaption b{break-after:avoid}
        figure{margin:.6em 0 1em}figure:not(.table),tr,.verdict p{break-inside:avoid}figcaption,.notes{line-height:1.35;margin-top:.3em;max-width:none}
        thead{display:table-header-group}table{font-size:8pt}th,td,.n{padding:.12rem .4rem .12rem 0;white-space:normal}
        svg{min-width:0;max-height:15cm}.scroll{overflow:visible}
        details::details-content{content-visibility:visible;block-size:auto}summary{list-style:none}
        .films .film{display:none}.films .strip{display:block;width:auto;max-width:100%}
        dl{grid-template-columns:repeat(4,1fr);gap:.4em 1em}dl.versions{grid-template-columns:repeat(6,1fr)}.claim{margin:.8em 0}ul.prose{max-width:none}ul.prose li{margin:.2em 0}
        footer{margin-top:1em;padding-top:.4em}.files,.skip{display:none}
        }
        """;

    private Style() {}

    static String css() {
        String light = variables(false) + ";--wash:#f5f7fa;--good:#1b7f4d;--bad:#b3261e;--warn:#9a5b00";
        String dark = variables(true) + ";--wash:#1e2430;--good:#5fd39a;--bad:#ff8a80;--warn:#f0b45a";
        String marks = Stream.of(Ink.values())
                .map(ink -> ".b-" + ink.key() + "{background:var(--" + ink.key() + ")}")
                .collect(Collectors.joining());
        return ":root{" + light + "}\n@media (prefers-color-scheme:dark){:root{" + dark + "}}\n" + "@media print{:root{"
                + light + "}}\n" + RULES.replace("FONT", Svg.FONT) + marks;
    }

    private static String variables(boolean dark) {
        return Stream.of(Ink.values())
                .map(ink -> "--" + ink.key() + ":" + Ink.hex(dark ? ink.dark() : ink.light()))
                .collect(Collectors.joining(";"));
    }
}
