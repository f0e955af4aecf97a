namespace SdCompiler.Samples.LanguageModel.Commands;

/// <summary>What <c>generate</c> was asked for.</summary>
/// <param name="Checkpoint">The checkpoint's folder.</param>
/// <param name="Prompt">Words to go on from; may be empty.</param>
/// <param name="Length">Words to write, ends of lines among them.</param>
/// <param name="Temperature">0 takes the most probable word each time; 1 draws from the model's distribution.</param>
/// <param name="Seed">Chooses the draws.</param>
internal sealed record GenerateRequest(string Checkpoint, string Prompt, int Length, double Temperature, int Seed);
