package org.adapt4j.env.imujoco;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class VariantTest {

    private static final Map<Body, String> IN_THE_PAPER =
            new EnumMap<>(Map.of(Body.HOPPER, "Hopper", Body.HALFCHEETAH, "HalfCheetah", Body.WALKER2D, "Walker2d"));

    @ParameterizedTest
    @EnumSource
    void areThoseOfThePapersAppendix(Body body) throws IOException {
        List<String> listed = new ArrayList<>();
        try (InputStream in = VariantTest.class.getResourceAsStream("/oracle/variants.json")) {
            JsonNode appendix = new ObjectMapper().readTree(in);
            appendix.get(IN_THE_PAPER.get(body)).forEach(name -> listed.add(name.asText()));
        }

        List<String> names = Variant.paper(body).stream().map(Variant::name).toList();

        assertThat(names).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(listed);
    }

    /** The paper says 37 + 53 + 64 = 154, but its list for hopper has {@code jointdec-50-footjoint} twice. */
    @Test
    void are153AndNot154() {
        int hopper = Variant.paper(Body.HOPPER).size();
        int halfcheetah = Variant.paper(Body.HALFCHEETAH).size();
        int walker2d = Variant.paper(Body.WALKER2D).size();

        assertThat(List.of(hopper, halfcheetah, walker2d)).containsExactly(37 - 1, 53, 64);
        assertThat(hopper + halfcheetah + walker2d).isEqualTo(153);
    }

    @Test
    void changeByFactors() {
        assertThat(Variant.parse(Body.HOPPER, "massinc-200-footgeom")
                        .orElseThrow()
                        .factor())
                .isEqualTo(3);
        assertThat(Variant.parse(Body.HOPPER, "jointdec-25-legjoint")
                        .orElseThrow()
                        .factor())
                .isEqualTo(0.75);
    }

    @ParameterizedTest
    @EnumSource
    void areReadFromTheirNames(Body body) {
        assertThat(Variant.paper(body))
                .allSatisfy(variant ->
                        assertThat(Variant.parse(body, variant.name())).contains(variant));
    }

    @Test
    void mayChangeByMoreOrLessThanInThePaper() {
        assertThat(Variant.parse(Body.HOPPER, "massinc-150-footgeom")).isPresent();
        assertThat(Variant.parse(Body.HOPPER, "massdec-99-footgeom")).isPresent();
    }

    @Test
    void areNotReadFromOtherNames() {
        List<String> wrong = List.of(
                "massdec-100-footgeom",
                "massinc-0-footgeom",
                "massinc-050-footgeom",
                "massinc-50-footjoint",
                "jointdec-25-footgeom",
                "lengthinc-50-thighgeom",
                "frictioninc-25-leggeom",
                "massinc-50-bfoot",
                "massinc-50",
                "weightinc-50-footgeom",
                "base");

        assertThat(wrong)
                .allSatisfy(name ->
                        assertThat(Variant.parse(Body.HOPPER, name)).as(name).isEmpty());
        assertThat(Variant.parse(Body.HALFCHEETAH, "frictioninc-25-bfoot")).isEmpty();
    }
}
