using System;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>A number on a tape.</summary>
internal readonly record struct Number(Tape Tape, int Index, double Value)
{
    public static Number operator +(Number a, Number b) => a.Tape.Add(a.Value + b.Value, a.Index, 1, b.Index, 1);

    public static Number operator -(Number a, Number b) => a.Tape.Add(a.Value - b.Value, a.Index, 1, b.Index, -1);

    public static Number operator *(Number a, Number b) => a.Tape.Add(a.Value * b.Value, a.Index, b.Value, b.Index, a.Value);

    public static Number operator *(Number a, double b) => a.Tape.Add(a.Value * b, a.Index, b, -1, 0);

    public static Number operator /(Number a, Number b) => a.Tape.Add(a.Value / b.Value, a.Index, 1 / b.Value, b.Index, -a.Value / (b.Value * b.Value));

    public Number Exp() => Of(Math.Exp(Value), Math.Exp(Value));

    public Number Log() => Of(Math.Log(Value), 1 / Value);

    public Number Tanh() => Of(Math.Tanh(Value), 1 - (Math.Tanh(Value) * Math.Tanh(Value)));

    public Number Sigmoid()
    {
        double y = 1 / (1 + Math.Exp(-Value));
        return Of(y, y * (1 - y));
    }

    public Number Relu() => Of(Math.Max(Value, 0), Value > 0 ? 1 : 0);

    private Number Of(double value, double derivative) => Tape.Add(value, Index, derivative, -1, 0);
}
