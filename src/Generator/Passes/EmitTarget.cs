namespace SdCompiler.Generator.Passes;

/// <summary>What the emitted code runs on.</summary>
internal enum EmitTarget
{
    Cpu,
    Cuda,
}
