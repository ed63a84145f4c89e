"""What a chart keeps: its content and versions, who may open it, and under which marking."""
