using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>Tells texts apart, so that a run is never resumed on another text by mistake.</summary>
internal static class TextHash
{
    /// <summary>SHA-256 of a vocabulary and a stream of its tokens, in lower-case hexadecimal.</summary>
    public static string Of(Vocabulary vocabulary, ReadOnlySpan<int> tokens)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(vocabulary.Hash()));
        hash.AppendData(MemoryMarshal.AsBytes(tokens));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
