namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>How the user's project is set up. The defaults are the ones under which generated code fails most easily.</summary>
/// <param name="Nullable">Whether nullable reference types are on in the user's project.</param>
/// <param name="Checked">Whether arithmetic is checked for overflow.</param>
internal sealed record CompileSettings(bool Nullable = false, bool Checked = true);
