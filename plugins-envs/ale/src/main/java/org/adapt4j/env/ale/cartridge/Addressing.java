package org.adapt4j.env.ale.cartridge;

/** The thirteen ways in which a 6502 instruction names what it works on. */
enum Addressing {
    IMPLIED(0, "no operand"),
    ACCUMULATOR(0, "the accumulator"),
    IMMEDIATE(1, "#value"),
    ZERO_PAGE(1, "zero page"),
    ZERO_PAGE_X(1, "zero page,x"),
    ZERO_PAGE_Y(1, "zero page,y"),
    ABSOLUTE(2, "address"),
    ABSOLUTE_X(2, "address,x"),
    ABSOLUTE_Y(2, "address,y"),
    INDIRECT(2, "(address)"),
    INDIRECT_X(1, "(zero page,x)"),
    INDIRECT_Y(1, "(zero page),y"),
    RELATIVE(1, "branch target");

    private final int operandBytes;
    private final String description;

    Addressing(int operandBytes, String description) {
        this.operandBytes = operandBytes;
        this.description = description;
    }

    int operandBytes() {
        return operandBytes;
    }

    String description() {
        return description;
    }

    /** The form with an operand of one byte, where an address below 256 has one. */
    Addressing inZeroPage() {
        return switch (this) {
            case ABSOLUTE -> ZERO_PAGE;
            case ABSOLUTE_X -> ZERO_PAGE_X;
            case ABSOLUTE_Y -> ZERO_PAGE_Y;
            default -> this;
        };
    }
}
