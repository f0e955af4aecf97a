using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.LanguageModel.Generation;
using SdCompiler.Samples.LanguageModel.Training;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel.Commands;

/// <summary>Writes text with a checkpoint.</summary>
internal sealed class GenerateCommand(CommandContext context)
{
    public int Run(GenerateRequest request)
    {
        SavedModel saved = SavedModel.Open(request.Checkpoint);
        Vocabulary vocabulary = saved.Vocabulary;
        int[] prompt = Read(request.Prompt, vocabulary);
        TextGenerator generator = new(saved.Load().CreatePredictor(), vocabulary);
        bool lineStart = true;
        foreach (int token in prompt)
        {
            generator.Read(token);
            lineStart = Write(vocabulary, token, lineStart);
        }

        foreach (int token in generator.Write(request.Length, request.Temperature, new SplitMix64((ulong)request.Seed)))
        {
            if (context.Stop.IsCancellationRequested)
            {
                break;
            }

            lineStart = Write(vocabulary, token, lineStart);
            context.Output.Flush();
        }

        if (!lineStart)
        {
            context.Output.WriteLine();
        }

        return ExitCodes.Success;
    }

    private bool Write(Vocabulary vocabulary, int token, bool lineStart)
    {
        if (token == vocabulary.EndOfSentenceId)
        {
            context.Output.WriteLine();
            return true;
        }

        context.Output.Write(lineStart ? vocabulary[token] : " " + vocabulary[token]);
        return false;
    }

    /// <summary>The prompt's words; those outside the vocabulary are read as unknown, and named.</summary>
    private int[] Read(string prompt, Vocabulary vocabulary)
    {
        List<int> tokens = [];
        SortedSet<string> unknown = new(StringComparer.Ordinal);
        foreach (string word in prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            int id = vocabulary.Find(word);
            if (id < 0)
            {
                unknown.Add(word);
                id = vocabulary.UnknownId;
            }

            tokens.Add(id);
        }

        if (unknown.Count == 0)
        {
            return [.. tokens];
        }

        string words = string.Join(", ", unknown.Select(word => $"'{word}'"));
        if (vocabulary.UnknownId < 0)
        {
            throw new UserErrorException($"The prompt's {words} {(unknown.Count == 1 ? "is" : "are")} not among the {vocabulary.Count} words of the model, which has no {Vocabulary.UnknownWord}; use words of its training text.");
        }

        context.Error.WriteLine($"Not among the {vocabulary.Count} words of the model, read as {Vocabulary.UnknownWord}: {words}.");
        return [.. tokens];
    }
}
