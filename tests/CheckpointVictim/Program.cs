using System;
using SdCompiler.Runtime.Tests.Training;

namespace SdCompiler.CheckpointVictim;

/// <summary>Trains a tiny model and writes a checkpoint after every step until it is killed. Prints the step after each checkpoint that was promised to be safe.</summary>
internal static class Program
{
    public static void Main(string[] args)
    {
        string folder = args[0];
        var model = new LeakyModel(vocabulary: 400, width: 32);
        using LeakyTrainer trainer = model.CreateTrainer(new Adam());
        if (CheckpointReader.Exists(folder))
        {
            trainer.Load(folder);
        }

        var writer = new CheckpointWriter(folder, keepLast: 2);
        (int[] inputs, int[] targets) = model.Data(LeakyModel.T, LeakyModel.B, seed: 1);
        while (true)
        {
            trainer.Step(inputs, targets);
            var content = new CheckpointContent();
            content.Texts["vocabulary.txt"] = "a\nb\n";
            writer.Save(trainer, content, isBest: trainer.StepCount % 3 == 0);
            Console.Out.WriteLine(trainer.StepCount);
            Console.Out.Flush();
        }
    }
}
