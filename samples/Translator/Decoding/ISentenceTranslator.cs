using System.Collections.Generic;

namespace SdCompiler.Samples.Translator.Decoding;

/// <summary>Finds probable translations of sentences in numbers.</summary>
internal interface ISentenceTranslator
{
    /// <summary>Translates sentences together.</summary>
    /// <param name="sources">The numbers of each, its end among them.</param>
    /// <param name="beam">How they are searched for.</param>
    /// <returns>For each sentence its best translations, the best first; at least one.</returns>
    IReadOnlyList<Hypothesis>[] Translate(IReadOnlyList<int[]> sources, BeamSettings beam);
}
