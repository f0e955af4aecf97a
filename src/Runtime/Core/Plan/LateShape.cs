namespace SdCompiler.Runtime;

/// <summary>What a <see cref="LateBuffer"/> holds.</summary>
public enum LateShape
{
    /// <summary>Logits of as many steps as exist at once.</summary>
    Chunk = 0,

    /// <summary>The emissions of a CRF, of the whole window: <c>[T, B, columns]</c>.</summary>
    Window = 1,

    /// <summary>What each row adds to the gradients of a CRF's scores: <c>[B, columns + 2, columns]</c>.</summary>
    TagScores = 2,
}
