namespace SdCompiler.Generator.Passes;

/// <summary>How the steps of a chain are laid out in code.</summary>
internal enum Unrolling
{
    /// <summary>Not a chain.</summary>
    None,

    /// <summary>Every step in one method.</summary>
    Complete,

    /// <summary>A method of 32 steps, called for each group of 32.</summary>
    Groups,
}
