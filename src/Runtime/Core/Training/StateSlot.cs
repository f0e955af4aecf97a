namespace SdCompiler.Runtime;

/// <summary>Where one LSTM layer keeps the state that goes from window to window; offsets are in floats in the workspace.</summary>
/// <param name="Name">The layer's name, such as <c>Lower.0</c>.</param>
/// <param name="Units">Hidden units, H.</param>
/// <param name="H">The hidden state of slot 0, unit-major: element (unit k, row b) at <c>H + k*B + b</c>.</param>
/// <param name="C">The cell state of slot 0, row-major, units rounded up to 8 (Hp): element (row b, unit k) at <c>C + b*Hp + k</c>.</param>
/// <param name="HStep">Floats from one time slot of the hidden state to the next: B * units.</param>
/// <param name="CStep">Floats from one time slot of the cell state to the next: B * Hp.</param>
public readonly record struct StateSlot(string Name, int Units, int H, int C, int HStep, int CStep)
{
    /// <summary>The layer that keeps its state here.</summary>
    public StateLayer Layer => new(Name, Units);
}
