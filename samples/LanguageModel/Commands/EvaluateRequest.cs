namespace SdCompiler.Samples.LanguageModel.Commands;

/// <summary>What <c>evaluate</c> was asked for.</summary>
/// <param name="Checkpoint">The checkpoint's folder.</param>
/// <param name="Data">The data's folder.</param>
/// <param name="Split">Which text.</param>
internal sealed record EvaluateRequest(string Checkpoint, string Data, CorpusSplit Split);
