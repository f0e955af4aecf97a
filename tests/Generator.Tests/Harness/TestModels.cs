namespace SdCompiler.Generator.Tests.Harness;

/// <summary>Models that several tests use.</summary>
internal static class TestModels
{
    /// <summary>A language model with variants (DESIGN's first example).</summary>
    public const string Zaremba = """
        using SdCompiler;
        namespace Demo;
        public enum Dropout
        {
            [Variant(Pattern = DropoutPattern.Structured)] Structured,
            [Variant(Pattern = DropoutPattern.Structured, Sites = DropoutSites.Input)] StructuredInput,
            [Variant(Pattern = DropoutPattern.Random, Sites = DropoutSites.Input)] RandomInput,
            [Variant(Sites = DropoutSites.None)] Dense,
        }

        [StructuredDropoutLstm(BatchSize = 20, TimeSteps = 35, Variants = typeof(Dropout))]
        public partial class ZarembaMedium
        {
            private const int Units = 650;
            [Dimension] public partial int Vocabulary { get; }
            [Embedding(nameof(Vocabulary), Units)] public partial EmbeddingLayer Words { get; }
            [Lstm(Units, InputDropout = 0.5, RecurrentDropout = 0.5)] public partial LstmLayer Lower { get; }
            [Lstm(Units, InputDropout = 0.5, RecurrentDropout = 0.5)] public partial LstmLayer Upper { get; }
            [Softmax(nameof(Vocabulary), InputDropout = 0.5)] public partial SoftmaxLayer NextWord { get; }
        }
        """;
}
