/** What other tools read: tidy tables, and tracking servers. */
@NullMarked
package org.adapt4j.runtime.report.export;

import org.jspecify.annotations.NullMarked;
