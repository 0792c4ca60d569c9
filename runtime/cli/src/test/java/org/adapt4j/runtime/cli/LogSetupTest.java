package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class LogSetupTest {
    private final LoggerContext loggers = new LoggerContext();

    private static String line(Appender<ILoggingEvent> appender, LoggingEvent event) {
        assertThat(appender).isInstanceOf(ConsoleAppender.class);
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) appender;
        assertThat(console.getTarget()).isEqualTo("System.err");
        assertThat(console.getEncoder()).isInstanceOf(PatternLayoutEncoder.class);
        return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void isFoundByLogback() {
        assertThat(ServiceLoader.load(Configurator.class)).hasExactlyElementsOfTypes(LogSetup.class);
    }

    @Test
    void saysWhenWhoAndWhatOnALine() {
        Configurator.ExecutionStatus status = new LogSetup().configure(loggers);

        assertThat(status).isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        Logger logger = loggers.getLogger("org.adapt4j.runtime.Cell");
        Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, "ends {}", null, new Object[] {"here"});
        assertThat(line(root.getAppender("console"), event))
                .matches("[0-9]{2}:[0-9]{2}:[0-9]{2} WARN  Cell: ends here\n");
        assertThat(logger.getEffectiveLevel()).isEqualTo(Level.INFO);
        assertThat(loggers.getLogger("ai.djl.util.cuda.CudaUtils").getEffectiveLevel())
                .isEqualTo(Level.OFF);
        assertThat(loggers.getLogger("org.elsewhere").getEffectiveLevel()).isEqualTo(Level.WARN);
    }
}
